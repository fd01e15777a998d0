import { createFairLanes, type Turn } from '../domain/fair-lanes.ts';
import type { Way } from '../domain/guess-limit.ts';
import { type GuessCounts, nameOfWay } from './guess-counts.ts';

/** One showing of a secret. */
export interface Guess {
  readonly counts: GuessCounts;
  /** What is guessed at. */
  readonly subject: string;
  readonly way: Way;
  /** The same text for the same secret alone, and never the secret itself. */
  readonly shown: string;
  /** Whether it was found right lately: then it needs no check. */
  readonly isKnown: () => boolean;
  /** Whether it is right. */
  readonly check: () => Promise<boolean>;
}

export type GuessResult =
  | { readonly outcome: 'right' | 'wrong' }
  /** Too many failures on this way: it wasn't looked at. `until` is monotonic, in milliseconds. */
  | { readonly outcome: 'closed'; readonly until: number }
  /** Too many wait for a check: it wasn't looked at, and counts for nothing. */
  | { readonly outcome: 'busy' };

export interface GuessGateLimits {
  /** Checks that run at the same time. */
  readonly atOnce: number;
  /** Guesses that wait for theirs. */
  readonly waiting: number;
}

/** Decides whether and when a guess is checked. Rejects where its check does; then nothing was counted. */
export type GuessGate = (guess: Guess) => Promise<GuessResult>;

interface Attempt extends Guess {
  readonly result: PromiseWithResolvers<GuessResult>;
}

/**
 * Lets guesses through to their checks, few at the same time. They wait in one lane for each way, and lanes take turns:
 * a flood on one way delays another by one check.
 *
 * Equal guesses share one check while it waits or runs. A guess that would exceed the limit only together with running
 * checks waits for their end: right ones are never refused for being many.
 */
export function createGuessGate({ atOnce, waiting }: GuessGateLimits): GuessGate {
  const lanes = createFairLanes<Attempt>(waiting);
  /** Guesses without a result yet, by subject, way and the secret that was shown. */
  const pending = new Map<string, Attempt>();
  /** Running checks, by subject and what was shown, with everybody who waits for their end. */
  const running = new Map<string, Attempt[]>();

  const settle = (attempt: Attempt, result: GuessResult) => {
    pending.delete(attemptKey(attempt));
    attempt.result.resolve(result);
  };

  const turnOf = (attempt: Attempt): Turn => {
    const { counts, subject, way } = attempt;
    const verdict = counts.judge(subject, way);
    if (verdict.verdict === 'closed') {
      settle(attempt, { outcome: 'closed', until: verdict.until });
      return 'over';
    }
    if (attempt.isKnown()) {
      counts.begin(subject, way);
      counts.end(subject, way, 'right');
      settle(attempt, { outcome: 'right' });
      return 'over';
    }
    if (verdict.verdict === 'wait') return 'later';
    if (join(attempt)) return 'over';
    return running.size < atOnce ? 'now' : 'later';
  };

  /** Waits for an equal check that runs for another way. */
  const join = (attempt: Attempt): boolean => {
    const sharing = running.get(secretKey(attempt));
    if (sharing === undefined) return false;
    attempt.counts.begin(attempt.subject, attempt.way);
    sharing.push(attempt);
    return true;
  };

  const start = (attempt: Attempt) => {
    const key = secretKey(attempt);
    const sharing = [attempt];
    running.set(key, sharing);
    attempt.counts.begin(attempt.subject, attempt.way);
    lanes.removeAll((other) => secretKey(other) === key && turnOf(other) === 'over');
    const end = (checked: 'right' | 'wrong' | 'unknown', tell: (result: Attempt['result']) => void) => {
      running.delete(key);
      for (const each of sharing) {
        each.counts.end(each.subject, each.way, checked);
        pending.delete(attemptKey(each));
        tell(each.result);
      }
      fillPlaces();
    };
    attempt.check().then(
      (right) => {
        const outcome = right ? 'right' : 'wrong';
        end(outcome, (result) => result.resolve({ outcome }));
      },
      (error: unknown) => end('unknown', (result) => result.reject(error)),
    );
  };

  const fillPlaces = () => {
    while (running.size < atOnce) {
      const attempt = lanes.next(turnOf);
      if (attempt === null) return;
      start(attempt);
    }
  };

  return (guess) => {
    const same = pending.get(attemptKey(guess));
    if (same !== undefined) return same.result.promise;
    const attempt: Attempt = { ...guess, result: Promise.withResolvers() };
    pending.set(attemptKey(attempt), attempt);
    const turn = turnOf(attempt);
    if (turn === 'now') start(attempt);
    if (turn === 'later') {
      const givenUp = lanes.add(nameOfWay(attempt.way), attempt);
      if (givenUp !== null) settle(givenUp, { outcome: 'busy' });
    }
    return attempt.result.promise;
  };
}

function secretKey({ subject, shown }: Guess): string {
  return `${subject}\n${shown}`;
}

function attemptKey(guess: Guess): string {
  return `${secretKey(guess)}\n${nameOfWay(guess.way)}`;
}

import { type GuessLimits, type GuessVerdict, judgeGuess, type Way } from '../domain/guess-limit.ts';
import { createRecentInstants } from './recent-instants.ts';

/** How a check that was begun has ended. `unknown`: it couldn't be carried out, and counts for nothing. */
export type CheckEnd = 'right' | 'wrong' | 'unknown';

/** Counts guesses at secrets, each known by its subject, e.g. a member's password. In memory, bounded, per node. */
export interface GuessCounts {
  judge(subject: string, way: Way): GuessVerdict;
  /** Counts a check as it begins: whoever sends many at once isn't ahead of the count. */
  begin(subject: string, way: Way): void;
  /** A right one takes back its own count, and nobody else's. */
  end(subject: string, way: Way, end: CheckEnd): void;
}

/** `keys` bounds each kind of count; `now` is monotonic, in milliseconds. */
export function createGuessCounts(now: () => number, limits: GuessLimits, keys: number): GuessCounts {
  const { perWay, overall, successMs } = limits;
  const failuresOnWay = createRecentInstants(now, { windowMs: perWay.windowMs, perKey: perWay.failures, keys });
  const failuresOverall =
    overall && createRecentInstants(now, { windowMs: overall.windowMs, perKey: overall.failures, keys });
  const successes = createRecentInstants(now, { windowMs: successMs, perKey: 1, keys });
  /** By way and by subject. Whoever begins checks bounds them. */
  const underWay = new Map<string, number>();
  const addUnderWay = (key: string, more: number) => {
    const count = (underWay.get(key) ?? 0) + more;
    if (count === 0) underWay.delete(key);
    else underWay.set(key, count);
  };

  return {
    judge(subject, way) {
      const key = keyOf(subject, way);
      const soFar = {
        onWay: { failures: failuresOnWay.of(key), underWay: underWay.get(key) ?? 0 },
        overall: { failures: failuresOverall?.of(subject) ?? [], underWay: underWay.get(subject) ?? 0 },
        succeededLately: successes.of(key).length > 0,
      };
      return judgeGuess(soFar, now(), limits);
    },
    begin(subject, way) {
      addUnderWay(keyOf(subject, way), 1);
      addUnderWay(subject, 1);
    },
    end(subject, way, end) {
      const key = keyOf(subject, way);
      addUnderWay(key, -1);
      addUnderWay(subject, -1);
      if (end === 'right') successes.add(key);
      if (end !== 'wrong') return;
      failuresOnWay.add(key);
      failuresOverall?.add(subject);
    },
  };
}

/** A subject never holds a line break, so that no two combinations share a key. */
function keyOf(subject: string, way: Way): string {
  return `${subject}\n${nameOfWay(way)}`;
}

/** The same text for the same way alone. */
export function nameOfWay(way: Way): string {
  switch (way.by) {
    case 'account':
      return `account ${way.sid}`;
    case 'desk':
      return `desk ${way.agentId}`;
    case 'source':
      return `source ${way.source}`;
  }
}

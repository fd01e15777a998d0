import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Refusal } from '../domain/authorise.ts';
import type { Way } from '../domain/guess-limit.ts';
import { CODE_GUESSES, GUESS_COUNTS, PASSWORDS_WAITING, RECOVERY_GUESSES } from '../domain/limits.ts';
import type { Clock } from './clock.ts';
import { tooManyFailures } from './credentials.ts';
import { createGuessCounts } from './guess-counts.ts';
import { createGuessGate } from './guess-gate.ts';

/** What of a person is guessed at. Each has a count of its own, so that a closed one leaves the other. */
export type GuessedFactor = 'authenticator' | 'recovery-code';

/** Checks a code of a person that was shown by this way: null where it is right. */
export type CheckFactor = (
  guess: {
    readonly factor: GuessedFactor;
    readonly personId: string;
    readonly way: Way;
    readonly code: string;
  },
  isRight: () => boolean,
) => Promise<Refusal | 'wrong' | null>;

/** Checks that run at the same time: they take no time worth waiting for. */
const AT_ONCE = 64;

/**
 * The check of one-time and recovery codes: wrong ones are counted by person and way, as wrong passwords are.
 *
 * One node: wrong codes are counted in this process. With several, as many guesses would be free at each.
 */
export function createFactorGuesses(clock: Pick<Clock, 'monotonic'>): CheckFactor {
  const now = () => clock.monotonic();
  const counts = {
    authenticator: createGuessCounts(now, CODE_GUESSES, GUESS_COUNTS),
    'recovery-code': createGuessCounts(now, RECOVERY_GUESSES, GUESS_COUNTS),
  };
  const gate = createGuessGate({ atOnce: AT_ONCE, waiting: PASSWORDS_WAITING });
  const processKey = createSecretKey(randomBytes(32));
  return async ({ factor, personId, way, code }, isRight) => {
    const result = await gate({
      counts: counts[factor],
      subject: JSON.stringify([factor, personId]),
      way,
      shown: createHmac('sha256', processKey).update(code).digest('base64'),
      isKnown: () => false,
      check: async () => isRight(),
    });
    switch (result.outcome) {
      case 'right':
        return null;
      case 'wrong':
        return 'wrong';
      case 'closed':
        return tooManyFailures(result.until - now());
      case 'busy':
        return { cause: 'server-busy' };
    }
  };
}

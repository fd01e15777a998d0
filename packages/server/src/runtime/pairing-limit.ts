import type { Way } from '../domain/guess-limit.ts';
import { GUESS_COUNTS, PAIRING_CODE_GUESSES, PAIRING_GUESSES, PAIRINGS } from '../domain/limits.ts';
import { PAIRING_LOOKUP } from '../domain/pairing-code.ts';
import { sourceKey } from './client-address.ts';
import { createGuessCounts } from './guess-counts.ts';
import { createGuessGate } from './guess-gate.ts';

/** Lets a pairing code through to `pair`, which tells whether it was right, unless its source has failed too often. */
export type PairingLimit = (
  code: string,
  address: string,
  pair: () => Promise<boolean>,
) => Promise<'right' | 'wrong' | 'closed' | 'busy'>;

/** All codes are one subject: who guesses tries many. */
const ANY_CODE = 'any code';

/**
 * One node: wrong codes are counted in this process. With several, as many guesses would be free at each.
 *
 * `now` is monotonic, in milliseconds.
 */
export function createPairingLimit(now: () => number): PairingLimit {
  const all = createGuessCounts(now, PAIRING_GUESSES, GUESS_COUNTS);
  const alike = createGuessCounts(now, PAIRING_CODE_GUESSES, GUESS_COUNTS);
  const gate = createGuessGate(PAIRINGS);
  const gateOfAlike = createGuessGate(PAIRINGS);
  let tries = 0;
  return async (code, address, pair) => {
    const way: Way = { by: 'source', source: sourceKey(address) };
    tries += 1;
    // Each has a check of its own: a code is good for one agent.
    const guess = { way, shown: `try ${tries}`, isKnown: () => false };
    const check = async () => {
      const subject = code.slice(0, PAIRING_LOOKUP);
      // Whatever isn't right reads as a wrong code, whether or not there is one that begins like this.
      return (await gateOfAlike({ ...guess, counts: alike, subject, check: pair })).outcome === 'right';
    };
    return (await gate({ ...guess, counts: all, subject: ANY_CODE, check })).outcome;
  };
}

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

/** `now` is monotonic, in milliseconds. */
export function createPairingLimit(now: () => number): PairingLimit {
  const all = createGuessCounts(now, PAIRING_GUESSES, GUESS_COUNTS);
  const alike = createGuessCounts(now, PAIRING_CODE_GUESSES, GUESS_COUNTS);
  const gate = createGuessGate(PAIRINGS);
  let tries = 0;
  return async (code, address, pair) => {
    const way: Way = { by: 'source', source: sourceKey(address) };
    const lookup = code.slice(0, PAIRING_LOOKUP);
    const check = async () => {
      // Reads as a wrong code, whether or not there is one that begins like this.
      if (alike.judge(lookup, way).verdict !== 'open') return false;
      alike.begin(lookup, way);
      let end: 'right' | 'wrong' | 'unknown' = 'unknown';
      try {
        end = (await pair()) ? 'right' : 'wrong';
      } finally {
        alike.end(lookup, way, end);
      }
      return end === 'right';
    };
    tries += 1;
    // Each has a check of its own: a code is good for one agent.
    const shown = `try ${tries}`;
    return (await gate({ counts: all, subject: ANY_CODE, way, shown, isKnown: () => false, check })).outcome;
  };
}

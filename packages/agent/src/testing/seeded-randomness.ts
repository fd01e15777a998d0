import { createHash } from 'node:crypto';
import type { Randomness } from '../randomness.ts';

/** The same sequence for the same seed. */
export function seededRandomness(seed: string): Randomness {
  let count = 0;
  const next = () => {
    count += 1;
    return createHash('sha256').update(`${seed} ${count}`).digest('hex');
  };
  return {
    uuid: () => next().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    fraction: () => Number.parseInt(next().slice(0, 12), 16) / 2 ** 48,
  };
}

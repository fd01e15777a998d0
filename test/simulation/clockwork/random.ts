/** Numbers from a seed. Every concern has a stream of its own, so that leaving a fault out shifts no other draw. */
export interface Random {
  /** At least 0 and less than 1. */
  fraction(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(of: readonly T[]): T;
}

export function createRandom(seed: number, concern: string): Random {
  const fraction = smallFastCounter(mix(`${seed} ${concern}`));
  const between = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    between,
    chance: (probability) => fraction() < probability,
    pick: <T>(of: readonly T[]): T => {
      if (of.length === 0) throw new RangeError('nothing to pick from');
      return of[between(0, of.length - 1)] as T;
    },
  };
}

/** sfc32 by Chris Doty-Humphrey (PractRand): 128 bits of state, fast, and good enough for any simulation. */
function smallFastCounter([first, second, third, fourth]: readonly [number, number, number, number]): () => number {
  let a = first;
  let b = second;
  let c = third;
  let counter = fourth;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next();
  return () => next() / 0x1_0000_0000;
}

/** Four 32-bit numbers from a text (FNV-1a from four starts, then a finishing mix), the same everywhere. */
function mix(text: string): [number, number, number, number] {
  const finish = (start: number) => {
    let hash = start;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 16;
    hash = Math.imul(hash, 0x7feb352d);
    return (hash ^ (hash >>> 15)) | 0;
  };
  return [finish(0x811c9dc5), finish(0x2545f491), finish(0x5bd1e995), finish(0x1b873593)];
}

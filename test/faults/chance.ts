/** Chance of a run: the same seed draws the same plan, though real processes never keep to the same time. */
export interface Chance {
  /** At least 0 and less than 1. */
  fraction(): number;
  /** True in that share of calls. */
  one(share: number): boolean;
  between(least: number, most: number): number;
  whole(least: number, most: number): number;
  of<T>(items: readonly T[]): T;
}

/** Mulberry32 (public domain): small, and good enough to choose what breaks next. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number) => least + Math.floor(fraction() * (most - least + 1));
  return {
    fraction,
    one: (share) => fraction() < share,
    between: (least, most) => least + fraction() * (most - least),
    whole,
    of: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new RangeError('chance was asked to choose from nothing');
      return item;
    },
  };
}

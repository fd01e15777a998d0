/** Keeps values that take long to make: so many at most, and each no longer than its lifetime. */
export interface ShortMemory<Value> {
  /** The value that was made for this key, or a new one. `key` must say everything that the value depends on. */
  of(key: string, make: () => Value): Value;
  /** Values that are kept. */
  size(): number;
}

export interface ShortMemoryLimits {
  /** Values that are kept: the one that was made first goes first. */
  readonly most: number;
  /** From when a value was made until it is made anew. Milliseconds. */
  readonly lifetimeMs: number;
}

/**
 * `now` tells milliseconds by a clock that can't jump. Values that are over go when the memory is next asked: secrets may
 * be kept in it, since a key that is taken out of use isn't asked for any more, and the values of others push it out.
 */
export function createShortMemory<Value>(
  { most, lifetimeMs }: ShortMemoryLimits,
  now: () => number,
): ShortMemory<Value> {
  /** In the order in which they were made, so that what is over stands in front. */
  const kept = new Map<string, { readonly value: Value; readonly madeAt: number }>();
  return {
    of(key, make) {
      const at = now();
      for (const [oldest, { madeAt }] of kept) {
        if (at - madeAt < lifetimeMs) break;
        kept.delete(oldest);
      }
      const known = kept.get(key);
      if (known !== undefined) return known.value;
      const value = make();
      kept.set(key, { value, madeAt: at });
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return value;
    },
    size: () => kept.size,
  };
}

/** When something happened, by key. Bounded in keys, and in instants for each. Milliseconds of a monotonic clock. */
export interface RecentInstants {
  /** Those of this key within the window, the oldest first. */
  of(key: string): readonly number[];
  add(key: string): void;
  /** Keys that are remembered. */
  size(): number;
}

export interface RecentInstantsLimits {
  readonly windowMs: number;
  /** Instants that are kept for each key: the newest. */
  readonly perKey: number;
  /** Keys that are kept: the one without a new instant for longest goes first. */
  readonly keys: number;
}

export function createRecentInstants(
  now: () => number,
  { windowMs, perKey, keys }: RecentInstantsLimits,
): RecentInstants {
  /** In the order of each key's newest instant, so that what is over stands in front. */
  const instants = new Map<string, readonly number[]>();
  const within = (all: readonly number[] | undefined) => all?.filter((at) => now() - at < windowMs) ?? [];

  const forget = () => {
    for (const [key, all] of instants) {
      if (instants.size <= keys && within(all).length > 0) return;
      instants.delete(key);
    }
  };

  return {
    of: (key) => within(instants.get(key)),
    add(key) {
      const newest = [...within(instants.get(key)), now()].slice(-perKey);
      instants.delete(key);
      instants.set(key, newest);
      forget();
    },
    size: () => instants.size,
  };
}

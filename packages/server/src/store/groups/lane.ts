/** Something that was asked for, and who waits for it. */
export interface Waiting<Wanted> {
  readonly wanted: Wanted;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export interface Lane<Wanted> {
  add(wanted: Wanted): Promise<unknown>;
  /** How many wait or are under way. */
  waiting(): number;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

/**
 * Groups of what is wanted, one after the other, of `most` at the most: what is asked for while one is under way forms the next. `work` answers each of
 * a group, or returns it to be first in the next one.
 */
export function createLane<Wanted>(
  most: number,
  work: (group: readonly Waiting<Wanted>[]) => Promise<readonly Waiting<Wanted>[]>,
): Lane<Wanted> {
  let queue: Waiting<Wanted>[] = [];
  let underWay = 0;
  let running: Promise<void> | undefined;

  const runAll = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.slice(0, most);
      queue = queue.slice(most);
      underWay = group.length;
      const again = await work(group);
      queue.unshift(...again);
      underWay = 0;
    }
    running = undefined;
  };
  return {
    add: (wanted) =>
      new Promise((resolve, reject) => {
        queue.push({ wanted, resolve, reject });
        // A group of those that are asked for in the same turn, not of the first of them alone.
        running ??= Promise.resolve().then(runAll);
      }),
    waiting: () => queue.length + underWay,
    idle: async () => running,
  };
}

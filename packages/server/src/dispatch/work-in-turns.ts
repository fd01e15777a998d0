/** Runs work of many, so many at once at most, in the order of asking. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Long work of one goes through here, so that the others' never wait behind more than `atOnce` pieces of it. */
export function createTurns(atOnce: number): InTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

import { setTimeout } from 'node:timers/promises';

/** Looks again and again until there is something to see, for what tells nobody when it happens. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  ms = 60_000,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== false && seen !== null && seen !== undefined) return seen as Exclude<T, false | null | undefined>;
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what}`);
    await setTimeout(10);
  }
}

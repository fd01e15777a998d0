import { setTimeout as wait } from 'node:timers/promises';
import { BenchError } from './bench-error.ts';

/** What this promise gives, or an error once so much time has passed: a bench that waits for ever tells nothing. */
export async function within<Result>(milliseconds: number, promise: Promise<Result>, late: string): Promise<Result> {
  const enough = new AbortController();
  const tooLate = wait(milliseconds, undefined, { signal: enough.signal }).then(() => {
    throw new BenchError(`${late} within ${milliseconds / 1_000} s`);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    enough.abort();
    tooLate.catch(() => undefined);
  }
}

import { setTimeout as wait } from 'node:timers/promises';

/** What a process has taken of its machine so far. */
export interface Use {
  /** Processor time of all its threads, and of its main thread alone where Node tells. Milliseconds. */
  readonly cpuMs: number;
  readonly mainThreadMs: number | null;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
}

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };

/** Every part answers these two. `collected-use` comes after collections of garbage, where it was started with --expose-gc. */
export const USE = 'use';
export const COLLECTED_USE = 'collected-use';

const BETWEEN_COLLECTIONS_MS = 2_000;

type Handlers = Readonly<Record<string, (input: never) => unknown>>;

/** Answers what the bench asks this process. Ends with the bench. */
export function answerBench(handlers: Handlers): void {
  const all: Handlers = { [USE]: useNow, [COLLECTED_USE]: collectedUse, ...handlers };
  const answer = async ({ id, name, input }: Question): Promise<Answer> => {
    try {
      const handler = all[name];
      if (handler === undefined) throw new Error(`nobody here answers "${name}"`);
      return { id, result: await handler(input as never) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (question: Question) => {
    void answer(question).then((message) => process.connected && process.send?.(message));
  });
  process.on('disconnect', () => process.exit(1));
}

function useNow(): Use {
  const { user, system } = process.cpuUsage();
  const own = process.threadCpuUsage?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    cpuMs: (user + system) / 1000,
    mainThreadMs: own === undefined ? null : (own.user + own.system) / 1000,
    rssBytes: rss,
    heapBytes: heapUsed,
    externalBytes: external,
  };
}

/** Twice: what the first collection lets go of, the second gives back, and the C library gives it to the system. */
async function collectedUse(): Promise<Use> {
  globalThis.gc?.();
  await wait(BETWEEN_COLLECTIONS_MS);
  globalThis.gc?.();
  return useNow();
}

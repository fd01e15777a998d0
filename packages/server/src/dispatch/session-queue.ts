import type { AgentQuotas } from '../domain/limits.ts';

/** The work of one connection, one piece after the other, so that no answer overtakes the one before. */
export interface SessionQueue {
  /** Work of the server itself. */
  add(work: () => Promise<void>): void;
  /** The work of a message with so many characters. False where more of the agent's wait than may: then it isn't taken. */
  take(length: number, work: () => Promise<void>): boolean;
  /** Whether a message is being worked on, or waits for its turn. */
  isBusy(): boolean;
  /** Whether nothing at all is being worked on, or waits for its turn. */
  isIdle(): boolean;
}

/** `isOver`: what waits then is dropped. `failed` hears of an exception. */
export function createSessionQueue(
  quotas: Pick<AgentQuotas, 'waitingMessages' | 'waitingBytes'>,
  isOver: () => boolean,
  failed: (error: unknown) => void,
): SessionQueue {
  let last = Promise.resolve();
  let messages = 0;
  let bytes = 0;
  let pending = 0;

  const add = (work: () => Promise<void>) => {
    pending += 1;
    last = last.then(async () => {
      try {
        if (!isOver()) await work();
      } catch (error) {
        failed(error);
      } finally {
        pending -= 1;
      }
    });
  };
  return {
    add,
    take(length, work) {
      if (messages >= quotas.waitingMessages || bytes + length > quotas.waitingBytes) return false;
      messages += 1;
      bytes += length;
      add(async () => {
        try {
          await work();
        } finally {
          messages -= 1;
          bytes -= length;
        }
      });
      return true;
    },
    isBusy: () => messages > 0,
    isIdle: () => pending === 0,
  };
}

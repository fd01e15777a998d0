import type { AgentQuotas } from '../domain/limits.ts';

/** The work of one connection, one piece after the other, so that no answer overtakes the one before. */
export interface SessionQueue {
  /** Work of the server itself. `step` names it in the log. */
  add(step: string, work: () => Promise<void>): void;
  /** As `add`. Work of the same step about the same thing that waits already isn't queued again: it finds the newest state. */
  addOnce(step: string, about: string, work: () => Promise<void>): void;
  /** The work of a message with so many characters. False, and not taken, where more messages of the agent wait than may. */
  take(length: number, work: () => Promise<void>): boolean;
  /** Names the work under way more exactly than it was queued, for the log. */
  name(step: string): void;
  /** Whether a message is being worked on, or waits for its turn. */
  isBusy(): boolean;
  /** Whether nothing at all is being worked on, or waits for its turn. */
  isIdle(): boolean;
  /** Resolves when what was added has been worked on, or dropped. */
  drained(): Promise<void>;
}

/** `isOver`: what waits then is dropped. `failed` hears of an exception, and in which step it came. */
export function createSessionQueue(
  quotas: Pick<AgentQuotas, 'waitingMessages' | 'waitingBytes'>,
  isOver: () => boolean,
  failed: (step: string, error: unknown) => void,
): SessionQueue {
  let last = Promise.resolve();
  let messages = 0;
  let bytes = 0;
  let pending = 0;
  let step = 'message';
  /** Null while nothing waits, as for most of the time. */
  let waiting: Set<string> | null = null;

  const add = (name: string, work: () => Promise<void>) => {
    pending += 1;
    last = last.then(async () => {
      try {
        step = name;
        if (!isOver()) await work();
      } catch (error) {
        failed(step, error);
      } finally {
        pending -= 1;
      }
    });
  };
  return {
    add,
    addOnce(name, about, work) {
      const key = `${name} ${about}`;
      if (waiting?.has(key)) return;
      waiting = (waiting ?? new Set()).add(key);
      add(name, () => {
        waiting?.delete(key);
        if (waiting?.size === 0) waiting = null;
        return work();
      });
    },
    take(length, work) {
      if (messages >= quotas.waitingMessages || bytes + length > quotas.waitingBytes) return false;
      messages += 1;
      bytes += length;
      add('message', async () => {
        try {
          await work();
        } finally {
          messages -= 1;
          bytes -= length;
        }
      });
      return true;
    },
    name(exact) {
      step = exact;
    },
    isBusy: () => messages > 0,
    isIdle: () => pending === 0,
    drained: () => last,
  };
}

import type { Nonce, ServerMessage } from '@keyrack/protocol';
import type { Clock } from '../clock.ts';
import type { ServerConnection } from '../link/index.ts';

/** What the server says about a nonce. */
export type AnswerMessage = Extract<ServerMessage, { nonce: Nonce }>;

/** Why no answer counts any more. A nonce whose waiting has ended is dead: no grant for it is obeyed. */
export type WaitingEnd = 'no-answer' | 'connection-lost' | 'withdrawn' | 'card-gone';

/** The end of a wait: an answer that was judged, or the reason why none counts any more. */
export type Awaited<T> = { readonly ended: WaitingEnd } | { readonly ended: null; readonly value: T };

/** The place where the answers for one nonce arrive. */
export interface AwaitedAnswer {
  /**
   * Waits for the next answer. `judge` is called within the delivery of the message, before anything else happens, so
   * what it decides and marks holds for the instant of arrival.
   */
  next<T>(ms: number, judge: (message: AnswerMessage, from: ServerConnection) => T): Promise<Awaited<T>>;
  /** Whether somebody was waiting. */
  deliver(message: AnswerMessage, from: ServerConnection): boolean;
  /** Ends the waiting for good: the one under way, and every later one. */
  end(why: WaitingEnd): void;
  /** Why the waiting has ended; null while it hasn't. */
  over(): WaitingEnd | null;
}

export function awaitAnswers(clock: Clock): AwaitedAnswer {
  let over: WaitingEnd | null = null;
  let waiting: {
    judge: (message: AnswerMessage, from: ServerConnection) => void;
    end: (why: WaitingEnd) => void;
  } | null = null;

  function end(why: WaitingEnd): void {
    over ??= why;
    waiting?.end(over);
  }

  return {
    next: (ms, judge) =>
      new Promise((resolve, reject) => {
        if (over !== null) return resolve({ ended: over });
        const timer = clock.setTimeout(() => end('no-answer'), ms);
        const finish = () => {
          clock.clearTimeout(timer);
          waiting = null;
        };
        waiting = {
          judge: (message, from) => {
            finish();
            try {
              resolve({ ended: null, value: judge(message, from) });
            } catch (error) {
              reject(error);
            }
          },
          end: (why) => {
            finish();
            resolve({ ended: why });
          },
        };
      }),
    deliver: (message, from) => {
      if (waiting === null) return false;
      waiting.judge(message, from);
      return true;
    },
    end,
    over: () => over,
  };
}

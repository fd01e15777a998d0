import type { Transport } from '@keyrack/agent';

/** How long operations kept their agents themselves: what a caller waits for and no server can shorten. */
export interface OwnWork {
  over(transport: Transport): Transport;
  /** Operation and milliseconds of those that ended since the last call. */
  take(): [operation: string, ms: number][];
}

/** What the agent is asked in an operation, and what it answers with: between the two, the work is its own. */
const ASKED = new Set(['prompt', 'keys', 'grant']);
const ANSWERED = new Set(['open', 'present', 'report']);

/** Looks at the messages of a connection. One operation is under way on each at a time. */
export function timeOwnWork(now: () => number = () => performance.now()): OwnWork {
  let ended: [string, number][] = [];
  return {
    take: () => {
      const taken = ended;
      ended = [];
      return taken;
    },
    over: (transport) => ({
      ...transport,
      connect: (url, listener) => {
        let operation: string | null = null;
        let askedAt: number | null = null;
        let sum = 0;
        const channel = transport.connect(url, {
          ...listener,
          received: (text) => {
            const message = JSON.parse(text) as { readonly type: string; readonly operation?: string };
            if (ASKED.has(message.type)) {
              askedAt = now();
              if (message.type === 'prompt') {
                operation = message.operation ?? null;
                sum = 0;
              }
            }
            listener.received(text);
          },
        });
        return {
          ...channel,
          send: (text) => {
            const { type } = JSON.parse(text) as { readonly type: string };
            if (ANSWERED.has(type) && askedAt !== null && operation !== null) {
              sum += now() - askedAt;
              askedAt = null;
              if (type === 'report') ended.push([operation, sum]);
            }
            channel.send(text);
          },
        };
      },
    }),
  };
}

import { KeyrackProblem } from '@keyrack/sdk';
import { readMessages } from '@keyrack/sdk/event-stream.ts';
import { openStream } from '@keyrack/sdk/open-stream.ts';
import { noteServerTime, serverNow } from '../time/server-clock.ts';
import type { LiveMessage, LiveNews } from './messages.ts';

/** Milliseconds. A server says every 5 seconds that it is there. */
const TIMES = { silence: 35_000, again: 1_000, againMost: 10_000 } as const;

/** Follows one property until it is stopped, over every break of the connection. Returns what stops it. */
export function followProperty(property: string, tell: (message: LiveMessage) => void): () => void {
  const stopped = new AbortController();
  const follow = async () => {
    let failures = 0;
    let lostSince: number | null = null;
    for (;;) {
      try {
        await listen(property, stopped.signal, (message) => {
          failures = 0;
          lostSince = null;
          tell(message);
        });
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (error instanceof KeyrackProblem && [401, 403, 404].includes(error.status)) {
          tell({ kind: 'ended', property });
          return;
        }
      }
      if (stopped.signal.aborted) return;
      lostSince ??= serverNow();
      tell({ kind: 'lost', property, since: lostSince });
      failures += 1;
      await pauseUnlessOnline(Math.min(TIMES.againMost, TIMES.again * 2 ** (failures - 1)) * (0.5 + Math.random()));
    }
  };
  follow().catch((error: unknown) => console.error(error));
  return () => stopped.abort();
}

/** One connection, from its begin to its end. */
async function listen(property: string, signal: AbortSignal, tell: (message: LiveMessage) => void): Promise<void> {
  const connection = openStream(
    {
      url: `${self.location.origin}/v1/properties/${encodeURIComponent(property)}/live`,
      headers: async () => ({ 'keyrack-session': 'cookie' }),
      async fetch(input, init) {
        const sentAt = Date.now();
        const response = await fetch(input, { ...init, credentials: 'same-origin' });
        // A worker hears no other answers: by this one it knows what the server's clock shows.
        noteServerTime(response.headers, sentAt, Date.now());
        if (response.ok) tell({ kind: 'connected', property });
        return response;
      },
    },
    { signal, timeoutMs: TIMES.silence, accept: 'text/event-stream' },
  );
  try {
    for await (const { data } of readMessages(connection.pieces())) {
      if (data !== null) tell({ kind: 'news', property, news: JSON.parse(data) as LiveNews });
    }
  } finally {
    connection.end();
  }
}

/** Waits, and less where the network says that it is back. */
function pauseUnlessOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      self.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    self.addEventListener('online', done);
  });
}

import { KeyrackProblem, KeyrackUnreachable } from './problems.ts';
import { notKeyrack, readAnswer, unreachable } from './read-answer.ts';
import { TIME_RAN_OUT } from './time-limit.ts';

/** What one connection needs. */
export interface StreamWire {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
}

export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of silence after which it is given up. */
  readonly timeoutMs: number;
  /** The type of what is told. */
  readonly accept: 'text/event-stream' | 'application/x-ndjson';
  /** Besides those of the wire. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server says every 5 seconds that it is there. */
export const SILENCE_MS = 45_000;

/** One connection: the text that it tells, and its end. */
export function openStream(
  { fetch, url, headers }: StreamWire,
  { signal, timeoutMs, accept, headers: more = {} }: StreamOptions,
): { pieces(): AsyncGenerator<string, void>; end(): void } {
  const controller = new AbortController();
  const follow = () => controller.abort(signal?.reason);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(TIME_RAN_OUT), timeoutMs);
  };
  return {
    async *pieces() {
      signal?.throwIfAborted();
      signal?.addEventListener('abort', follow, { once: true });
      heard();
      try {
        const response = await fetch(url, {
          headers: { ...(await headers()), accept: `${accept}, application/problem+json`, ...more },
          redirect: 'manual',
          signal: controller.signal,
        });
        if (!response.ok || response.body === null) readAnswer(response, await response.text());
        if (!response.headers.get('content-type')?.startsWith(accept) || response.body === null)
          throw notKeyrack(
            response,
            `It answered with no stream of ${accept}: see that the server is new enough, and look at proxies.`,
          );
        const reader = response.body.getReader();
        const decoder = new TextDecoder();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          heard();
          yield decoder.decode(value, { stream: true });
          // Whoever takes the text may take long.
          heard();
        }
      } catch (error) {
        if (error instanceof KeyrackProblem || error instanceof KeyrackUnreachable) throw error;
        signal?.throwIfAborted();
        throw unreachable(error, controller.signal, timeoutMs, new URL(url).host);
      }
    },
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', follow);
      controller.abort();
    },
  };
}

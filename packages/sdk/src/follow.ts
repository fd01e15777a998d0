import { readMessages } from './event-stream.ts';
import type { CallOptions } from './operation-types.ts';
import { KeyrackProblem, KeyrackUnreachable } from './problems.ts';
import { notKeyrack, readAnswer, unreachable } from './read-answer.ts';
import { mayRepeat, pauseBefore, RETRIES } from './retry-rules.ts';
import { triedBy } from './send-request.ts';
import { pause, TIME_RAN_OUT } from './time-limit.ts';

/** Something that happened (docs/events.md). It is never changed. */
export interface KeyrackEvent {
  /** The same whenever and however the event is told. */
  readonly id: string;
  /** E.g. `card.superseded`. Later servers may tell others. */
  readonly type: string;
  /** RFC 3339. */
  readonly timestamp: string;
  /** Id of the property; null for what concerns the whole installation. */
  readonly property: string | null;
  /** Its place among the events of its property: 1, 2, 3 …, each once. */
  readonly number: number;
  readonly actor: { readonly kind: string; readonly id: string | null };
  /** What happened: ids, and no data of guests. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FollowInput {
  /** Id or number of one property. */
  readonly property?: string | undefined;
  /** Several, where `property` is left out; without either all that the key reaches. */
  readonly properties?: readonly string[] | undefined;
  /** Only events behind it, as `cursor` of one told it; `latest` for those to come. Without it from the first. */
  readonly cursor?: string | undefined;
  /** Only events of these types. */
  readonly types?: readonly string[] | undefined;
}

export interface FollowOptions extends Pick<CallOptions, 'signal' | 'headers'> {
  /** Milliseconds of silence after which it connects anew: 45,000 unless told. A server says every 15 seconds that it is there. */
  readonly timeoutMs?: number | undefined;
  /** How often in a row it may fail to connect: 3 for the first time, and without end later, unless told. */
  readonly retries?: number | undefined;
}

export interface Followed {
  readonly event: KeyrackEvent;
  /** Keep it once the event is dealt with, and go on behind it after a restart. */
  readonly cursor: string;
}

/** What one connection needs. */
export interface FollowWire {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
}

const SILENCE_MS = 45_000;
const COME_BACK_MS = 3_000;

/**
 * Events as they happen, each once. A connection that breaks off is made again behind the last event; what can't be mended so
 * is thrown, e.g. that the key was revoked.
 */
export async function* follow(wire: FollowWire, options: FollowOptions): AsyncGenerator<Followed, void> {
  const { signal } = options;
  let lastId: string | null = null;
  let comeBackMs = COME_BACK_MS;
  let failures = 0;
  let hasConnected = false;
  for (;;) {
    const connection = connect(wire, options, lastId);
    try {
      for await (const { id, data, retryMs } of readMessages(connection.pieces())) {
        hasConnected = true;
        failures = 0;
        lastId = id ?? lastId;
        comeBackMs = retryMs ?? comeBackMs;
        if (data !== null) yield { event: JSON.parse(data), cursor: lastId ?? '' };
      }
    } catch (error) {
      if (!(error instanceof KeyrackProblem) && !(error instanceof KeyrackUnreachable)) throw error;
      failures += 1;
      const most = options.retries ?? (hasConnected ? Number.POSITIVE_INFINITY : RETRIES.usual);
      const again = { method: 'GET', hasIdempotencyKey: false, hasIfMatch: false };
      if (failures > most || !mayRepeat(again, triedBy(error))) throw error;
    } finally {
      connection.end();
    }
    const ms = failures === 0 ? Math.random() * comeBackMs : (pauseBefore(failures, null, Math.random()) ?? comeBackMs);
    await pause(ms, signal);
  }
}

/** One connection: the text that it tells, and its end. */
function connect(
  { fetch, url, headers }: FollowWire,
  { signal, timeoutMs = SILENCE_MS }: FollowOptions,
  lastId: string | null,
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
          headers: {
            ...(await headers()),
            accept: 'text/event-stream, application/problem+json',
            ...(lastId !== null && { 'last-event-id': lastId }),
          },
          redirect: 'manual',
          signal: controller.signal,
        });
        if (!response.ok || response.body === null) readAnswer(response, await response.text());
        if (!/^text\/event-stream/.test(response.headers.get('content-type') ?? '') || response.body === null)
          throw notKeyrack(
            response,
            'It answered with no stream of events: see that the server is new enough, and look at proxies.',
          );
        const reader = response.body.getReader();
        const decoder = new TextDecoder();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          heard();
          yield decoder.decode(value, { stream: true });
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

import { readMessages } from './event-stream.ts';
import { openStream, SILENCE_MS, type StreamWire } from './open-stream.ts';
import type { CallOptions } from './operation-types.ts';
import { KeyrackProblem, KeyrackUnreachable } from './problems.ts';
import { mayRepeat, pauseBefore, RETRIES } from './retry-rules.ts';
import { triedBy } from './send-request.ts';
import { pause } from './time-limit.ts';

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
  /** Milliseconds of silence after which it connects anew: 45,000 unless told. A server says every 5 seconds that it is there. */
  readonly timeoutMs?: number | undefined;
  /** How often in a row it may fail to connect: 3 for the first time, and without end later, unless told. */
  readonly retries?: number | undefined;
}

export interface Followed {
  readonly event: KeyrackEvent;
  /** Keep it once the event is dealt with, and go on behind it after a restart. */
  readonly cursor: string;
}

const COME_BACK_MS = 3_000;

/**
 * Events as they happen, each once. A connection that breaks off is made again behind the last event; what can't be mended so
 * is thrown, e.g. that the key was revoked.
 */
export async function* follow(wire: StreamWire, options: FollowOptions): AsyncGenerator<Followed, void> {
  const { signal } = options;
  let lastId: string | null = null;
  let comeBackMs = COME_BACK_MS;
  let failures = 0;
  let hasConnected = false;
  for (;;) {
    const connection = openStream(wire, {
      ...{ signal, timeoutMs: options.timeoutMs ?? SILENCE_MS },
      accept: 'text/event-stream',
      headers: lastId === null ? {} : { 'last-event-id': lastId },
    });
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

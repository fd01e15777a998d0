import { INSTALLATION } from '../../domain/audit.ts';
import { type EventType, toldEvent } from '../../domain/events.ts';
import type { EventPosition, EventsPage } from '../../queries/events-page.ts';
import type { HandlerParts } from '../parts.ts';

/**
 * How often a stream says that it is there, also where nothing happens; proxies close what is silent for a minute. Its credential is
 * asked for then, so that one that ended is noticed within seconds. Milliseconds.
 */
const HEARTBEAT_MS = 5_000;
/** Events that are read at once. */
const EVENTS_AT_ONCE = 100;

export interface Followed {
  readonly parts: Pick<HandlerParts, 'read' | 'news'>;
  readonly start: readonly EventPosition[];
  readonly types: readonly EventType[] | null;
  /** The logs that the caller may follow by now: there may be new ones, and fewer. Null where the stream has to end. */
  readonly logs: () => Promise<readonly string[] | null>;
  readonly cursorOf: (positions: readonly EventPosition[]) => string;
  readonly ended: AbortSignal;
}

/**
 * Events as they happen, as a stream of server-sent events. Each one's `id` is a cursor: a client that connects again with it
 * misses nothing and gets nothing twice. Whoever takes them slowly has them read slowly.
 */
export async function* followEvents(followed: Followed): AsyncGenerator<string> {
  const { parts, types, logs, cursorOf, ended } = followed;
  let positions = followed.start;
  let watch = parts.news.watch(positions.map(({ log }) => log));
  /** Where each log was told to, also of one that the caller sees no longer: they may see it again. */
  const known = new Map<string, number>();
  /** The cursor that the client knows. */
  let told = cursorOf(positions);
  try {
    yield `retry: 3000\nid: ${told}\n\n`;
    while (!ended.aborted) {
      const page: EventsPage = await parts.read('eventsPage', { positions, types, limit: EVENTS_AT_ONCE });
      // Asked behind the read: nothing is told that was recorded when the caller might no longer see it.
      const allowed = await logs();
      if (allowed === null) return;
      for (const event of page.events) {
        const log = event.propertyId ?? INSTALLATION;
        if (!allowed.includes(log)) continue;
        positions = positions.map((each) => (each.log === log ? { log, number: event.number } : each));
        told = cursorOf(positions);
        yield `id: ${told}\nevent: ${event.type}\ndata: ${JSON.stringify(toldEvent(event))}\n\n`;
      }
      for (const { log, number } of positions) known.set(log, number);
      positions = page.positions;
      if (!areSame(positions, allowed)) {
        watch.stop();
        for (const { log, number } of positions) if (allowed.includes(log)) known.set(log, number);
        positions = allowed.map((log) => ({ log, number: known.get(log) ?? 0 }));
        watch = parts.news.watch(allowed);
        continue;
      }
      if (page.more) continue;
      const what = await watch.next(HEARTBEAT_MS, ended);
      if (what === 'news' || ended.aborted) continue;
      const now = cursorOf(positions);
      // Without data no event comes of it, and the client knows how far it is.
      yield now === told ? ': still here\n\n' : `id: ${now}\n\n`;
      told = now;
    }
  } finally {
    watch.stop();
  }
}

function areSame(positions: readonly EventPosition[], logs: readonly string[]): boolean {
  return positions.length === logs.length && logs.every((log) => positions.some((each) => each.log === log));
}

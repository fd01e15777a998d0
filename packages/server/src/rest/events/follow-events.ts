import { INSTALLATION } from '../../domain/audit.ts';
import { type EventType, toldEvent } from '../../domain/events.ts';
import type { EventPosition, EventsPage } from '../../queries/events-page.ts';
import type { HandlerParts } from '../parts.ts';

/** How often a stream says that it is there, also where nothing happens; proxies close what is silent for a minute. Milliseconds. */
const HEARTBEAT_MS = 15_000;
/** Events that are read at once. */
const EVENTS_AT_ONCE = 100;

export interface Followed {
  readonly parts: Pick<HandlerParts, 'read' | 'news'>;
  readonly start: readonly EventPosition[];
  readonly types: readonly EventType[] | null;
  /** The logs to follow from now on: there may be new ones. */
  readonly logs: () => Promise<readonly string[]>;
  readonly cursorOf: (positions: readonly EventPosition[]) => string;
  readonly isStillAllowed: () => Promise<boolean>;
  readonly ended: AbortSignal;
}

/**
 * Events as they happen, as a stream of server-sent events. Each one's `id` is a cursor: a client that connects again with it
 * misses nothing and gets nothing twice. The credential is looked at before each event that is told; the stream ends with it.
 */
export async function* followEvents(followed: Followed): AsyncGenerator<string> {
  const { parts, types, logs, cursorOf, isStillAllowed, ended } = followed;
  let positions = followed.start;
  let watch = parts.news.watch(positions.map(({ log }) => log));
  /** The cursor that the client knows. */
  let told = cursorOf(positions);
  try {
    yield `retry: 3000\nid: ${told}\n\n`;
    while (!ended.aborted) {
      const page: EventsPage = await parts.read('eventsPage', { positions, types, limit: EVENTS_AT_ONCE });
      if (!(await isStillAllowed())) return;
      for (const event of page.events) {
        const log = event.propertyId ?? INSTALLATION;
        positions = positions.map((each) => (each.log === log ? { log, number: event.number } : each));
        told = cursorOf(positions);
        yield `id: ${told}\nevent: ${event.type}\ndata: ${JSON.stringify(toldEvent(event))}\n\n`;
      }
      positions = page.positions;
      if (page.more) continue;
      const what = await watch.next(HEARTBEAT_MS, ended);
      if (what === 'news' || ended.aborted) continue;
      const now = cursorOf(positions);
      // Without data no event comes of it, and the client knows how far it is.
      yield now === told ? ': still here\n\n' : `id: ${now}\n\n`;
      told = now;
      const current = await logs();
      if (current.every((log) => positions.some((each) => each.log === log))) continue;
      watch.stop();
      positions = current.map((log) => positions.find((each) => each.log === log) ?? { log, number: 0 });
      watch = parts.news.watch(current);
    }
  } finally {
    watch.stop();
  }
}

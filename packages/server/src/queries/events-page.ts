import type { AuditRecord } from '../domain/audit.ts';
import { type Event, type EventType, eventOf } from '../domain/events.ts';
import type { ReadTx } from '../store/store.ts';

/** Behind which event of a log the next one is wanted; 0 for all of them. */
export interface EventPosition {
  /** Id of the property, or the name of the installation's log. */
  readonly log: string;
  readonly number: number;
}

export interface EventsPage {
  readonly events: readonly Event[];
  /** Where each log was read to, in their order: events of other types count as read. */
  readonly positions: readonly EventPosition[];
  /** Whether there is more by now. */
  readonly more: boolean;
}

/** Records that are looked at for one page, of all logs together. */
const LOOKED_AT = 1_000;

/**
 * Events of several logs behind these positions: of each log in its order and none left out, and among logs about in the order
 * of time. `types`: only these; null for all.
 */
export function eventsPage(
  tx: ReadTx,
  query: {
    readonly positions: readonly EventPosition[];
    readonly types: readonly EventType[] | null;
    readonly limit: number;
  },
): EventsPage {
  const { positions, types, limit } = query;
  const each = Math.max(1, Math.floor(LOOKED_AT / Math.max(1, positions.length)));
  const logs = positions.map(({ log, number }) => ({
    log,
    number,
    records: tx.find('audit', 'key', [log], { from: number + 1, limit: each }),
    taken: 0,
  }));
  const events: Event[] = [];
  while (events.length < limit) {
    let next: { readonly log: (typeof logs)[number]; readonly record: AuditRecord } | null = null;
    for (const log of logs) {
      const record = log.records[log.taken];
      if (record !== undefined && (next === null || record.at < next.record.at)) next = { log, record };
    }
    if (next === null) break;
    next.log.taken += 1;
    next.log.number = next.record.number;
    const event = eventOf(next.record);
    if (types === null || types.includes(event.type)) events.push(event);
  }
  return {
    events,
    positions: logs.map(({ log, number }) => ({ log, number })),
    more: logs.some(({ records, taken }) => taken < records.length || records.length === each),
  };
}

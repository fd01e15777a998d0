import type { RoomEvent } from '../store/row-types.ts';
import type { ReadTx } from '../store/store.ts';
import { type RecordsPosition, type RoomRecord, recordOf } from './list-records-page.ts';

/** A line of a room's history, and what it is known by. */
export interface RoomHistoryLine extends RoomRecord {
  readonly id: string;
  readonly recordId: string;
  /** The id of the member or API key that asked. */
  readonly requesterId: string | null;
}

export interface RoomHistoryPage {
  readonly lines: readonly RoomHistoryLine[];
  /** Where the next page goes on; null behind the last one. */
  readonly next: RecordsPosition | null;
}

/** Bounds of a history that nobody gave. */
const ALWAYS = { from: 0, until: Number.MAX_SAFE_INTEGER };

/** A part of a room's history, newest first; null where there is no such room. It may be short and not be the last one. */
export function roomHistoryPage(
  tx: ReadTx,
  input: {
    readonly propertyId: string;
    readonly roomId: string;
    /** Null for all. */
    readonly kinds: readonly RoomEvent['kind'][] | null;
    /** From this instant, and before `until`. Unix milliseconds. */
    readonly from: number | null;
    readonly until: number | null;
    readonly after: RecordsPosition | null;
    readonly limit: number;
  },
): RoomHistoryPage | null {
  const { propertyId, roomId, kinds, after, limit } = input;
  const room = tx.get('rooms', propertyId, roomId);
  if (room === undefined) return null;
  const events = tx.find('roomEvents', 'byRoom', [propertyId, roomId], {
    from: input.from ?? ALWAYS.from,
    before: input.until ?? ALWAYS.until,
    reverse: true,
    limit,
    ...(after === null ? {} : { after }),
  });
  const last = events.length < limit ? undefined : events.at(-1);
  return {
    lines: events
      .filter(({ kind }) => kinds === null || kinds.includes(kind))
      .map((event) => {
        const { id, recordId, memberId: requesterId } = event;
        return { ...recordOf(tx, room, event), id, recordId, requesterId };
      }),
    next: last === undefined ? null : { at: last.at, id: last.id },
  };
}

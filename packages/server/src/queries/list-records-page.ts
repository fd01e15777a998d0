import { wasIssued } from '../domain/card-life.ts';
import type { CardRecord, Room } from '../domain/places.ts';
import type { RoomEvent } from '../store/row-types.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';
import { findRoom } from './find-room.ts';
import { nameOfRequester } from './name-of.ts';

export interface RoomRecord {
  readonly kind: RoomEvent['kind'];
  readonly at: number;
  readonly serial: string | null;
  readonly room: Room;
  readonly owner: string | null;
  readonly member: string | null;
  readonly validFrom: number;
  /** Of a card that is out of use: until when it may still open. */
  readonly validUntil: number;
}

export interface RecordsQuery {
  readonly propertyId: string;
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  readonly kinds: readonly RoomEvent['kind'][];
  /** From this instant, and before `until`. Unix milliseconds. */
  readonly from: number;
  readonly until: number;
}

/** Where a page of a room's history ended. */
export type RecordsPosition = Pick<RoomEvent, 'at' | 'id'>;

export interface RecordsPage {
  readonly records: readonly RoomRecord[];
  /** Where the next page goes on; null behind the last one. */
  readonly next: RecordsPosition | null;
}

/** Events that one query looks at, whatever their kinds, so that others get their turn before the next ones. */
const EVENTS_OF_A_PAGE = 100;

/** A part of a room's history, newest first; null when there is no such room. */
export function listRecordsPage(
  tx: ReadTx,
  { after, ...input }: RecordsQuery & { readonly after: RecordsPosition | null },
): RecordsPage | null {
  const { propertyId, kinds, from, until } = input;
  const room = findRoom(tx, propertyId, input);
  if (room === undefined) return null;
  const begin = after === null ? {} : { after };
  const events = tx.find('roomEvents', 'byRoom', [propertyId, room.id], {
    from,
    before: until,
    reverse: true,
    limit: EVENTS_OF_A_PAGE,
    ...begin,
  });
  const last = events.length < EVENTS_OF_A_PAGE ? undefined : events.at(-1);
  return {
    records: events.filter(({ kind }) => kinds.includes(kind)).map((event) => recordOf(tx, room, event)),
    next: last === undefined ? null : { at: last.at, id: last.id },
  };
}

export function recordOf(
  tx: ReadTx,
  room: Room,
  { propertyId, kind, at, serial, recordId, memberId }: RoomEvent,
): RoomRecord {
  const record = tx.get('cardRecords', propertyId, recordId);
  const end = (card: CardRecord) => (ENDED_KINDS.includes(kind) ? mayOpenUntil(tx, card) : card.validUntil);
  return {
    kind,
    at,
    serial,
    room,
    owner: record?.owner ?? null,
    member: memberId === null ? null : nameOfRequester(tx, propertyId, memberId),
    validFrom: record?.validFrom ?? 0,
    validUntil: record === undefined ? 0 : end(record),
  };
}

/** What tells of the end of a card that may still open. */
const ENDED_KINDS: readonly RoomRecord['kind'][] = ['superseded', 'lost', 'retired'];

/** Until when a card that is out of use may still open: its own end, or when it was erased or written over. */
function mayOpenUntil(tx: ReadTx, record: CardRecord): number {
  const { propertyId, serial, status, issuedAt, endedAt, validUntil } = record;
  const erased = status === 'cancelled' ? endedAt : null;
  const later = serial === null ? undefined : firstIssuedLater(tx, { propertyId, serial, issuedAt });
  return Math.min(validUntil, erased ?? validUntil, later?.issuedAt ?? validUntil);
}

/** The first card that was issued on the same plastic after this one. */
function firstIssuedLater(
  tx: ReadTx,
  { propertyId, serial, issuedAt }: Pick<CardRecord, 'propertyId' | 'serial' | 'issuedAt'>,
): CardRecord | undefined {
  for (const other of walk(tx, 'cardRecords', 'bySerial', [propertyId, serial], { from: issuedAt + 1, rows: 10 }))
    if (wasIssued(other)) return other;
  return undefined;
}

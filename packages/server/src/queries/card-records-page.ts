import type { Serial } from '@keyrack/protocol';
import { lifeAt } from '../domain/card-life.ts';
import type { CardRecord } from '../domain/places.ts';
import type { FindOptions, ReadTx } from '../store/store.ts';
import { mayOpenNow, mayOpenUntil } from './may-open.ts';

/** A card record with what people want to know of it. */
export interface CardRecordDetail {
  readonly record: CardRecord;
  readonly status: ReturnType<typeof lifeAt>;
  /** Until when a lock may still open for it (Unix milliseconds); null where none does any more. */
  readonly mayOpenUntil: number | null;
}

export function detailOfRecord(tx: ReadTx, record: CardRecord, now: number): CardRecordDetail {
  return { record, status: lifeAt(record, now), mayOpenUntil: mayOpenUntil(tx, record, now) };
}

export function getCardRecord(
  tx: ReadTx,
  { propertyId, id, now }: { readonly propertyId: string; readonly id: string; readonly now: number },
): CardRecordDetail | null {
  const record = tx.get('cardRecords', propertyId, id);
  return record === undefined ? null : detailOfRecord(tx, record, now);
}

/** Which records are wanted; null for any. */
export interface CardRecordsFilter {
  readonly serial: Serial | null;
  /** Id of the room. */
  readonly room: string | null;
  readonly status: CardRecordDetail['status'] | null;
  /** Only those for which a lock may open now. */
  readonly mayOpen: boolean;
  /** When it was issued: from this instant, and before `until`. Unix milliseconds. */
  readonly from: number | null;
  readonly until: number | null;
}

/** Where a page of records ended, in whatever order they are told. */
export type CardRecordPosition = Pick<CardRecord, 'id' | 'serial' | 'sequence' | 'validUntil' | 'issuedAt'>;

export interface CardRecordsQuery {
  readonly propertyId: string;
  readonly filter: CardRecordsFilter;
  readonly after: CardRecordPosition | null;
  readonly limit: number;
  readonly now: number;
}

/** Records that are looked at for one page: many may be others than those that are wanted. */
const LOOKED_AT = 1_000;

/**
 * Card records of a property: of one card the newest first, of a room from its last guest back, and those that may open by when
 * they end; else the newest first. A page may be short: `next` is null where it is the last one.
 */
export function cardRecordsPage(
  tx: ReadTx,
  query: CardRecordsQuery,
): { readonly records: CardRecordDetail[]; readonly next: CardRecordPosition | null } {
  const { filter, limit, now } = query;
  const looked = lookedAt(tx, query);
  const wanted: CardRecord[] = [];
  for (const record of looked) {
    if (wanted.length > limit) break;
    if (isWanted(tx, record, filter, now)) wanted.push(record);
  }
  const page = wanted.slice(0, limit);
  const last = wanted.length > limit ? page.at(-1) : looked.length < LOOKED_AT ? undefined : looked.at(-1);
  return {
    records: page.map((record) => detailOfRecord(tx, record, now)),
    next: last === undefined ? null : positionOf(last),
  };
}

function lookedAt(tx: ReadTx, { propertyId, filter, after, now }: CardRecordsQuery): CardRecord[] {
  const { serial, room } = filter;
  const begin = after === null ? {} : { after: { ...after, propertyId } };
  const newestFirst: FindOptions<'cardRecords'> & { limit: number } = { ...begin, reverse: true, limit: LOOKED_AT };
  if (serial !== null) return tx.find('cardRecords', 'bySerial', [propertyId, serial], newestFirst);
  if (room !== null) return tx.find('cardRecords', 'bySequence', [propertyId, room], newestFirst);
  if (filter.mayOpen)
    return tx.find('cardRecords', 'outByEnd', [propertyId], { ...begin, from: now + 1, limit: LOOKED_AT });
  return tx.find('cardRecords', 'key', [propertyId], newestFirst);
}

function isWanted(tx: ReadTx, record: CardRecord, filter: CardRecordsFilter, now: number): boolean {
  const { serial, room, status, mayOpen, from, until } = filter;
  if ((serial ?? record.serial) !== record.serial || (room ?? record.roomId) !== record.roomId) return false;
  if (record.issuedAt < (from ?? record.issuedAt) || (until !== null && record.issuedAt >= until)) return false;
  if (status !== null && lifeAt(record, now) !== status) return false;
  return !mayOpen || mayOpenNow(tx, record, now);
}

function positionOf({ id, serial, sequence, validUntil, issuedAt }: CardRecord): CardRecordPosition {
  return { id, serial, sequence, validUntil, issuedAt };
}

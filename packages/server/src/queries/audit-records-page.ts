import type { AuditRecord } from '../domain/audit.ts';
import { actorIs, actorParts, detailsOf, isOfCard, roomTold } from '../domain/audit-search.ts';
import { REPEAT_WINDOW_MS } from '../domain/limits.ts';
import type { ReadTx } from '../store/store.ts';
import { CLOCK_MARGIN_MS, firstNumberSince } from './audit-numbers.ts';
import { namesIn } from './name-of.ts';

export interface AuditFilter {
  /** A whole actor, or the id in it. */
  readonly actor: string | null;
  readonly action: string | null;
  /** Id of an operation. */
  readonly operation: string | null;
  /** Serial of a card. */
  readonly card: string | null;
  /** Id of a room. */
  readonly room: string | null;
  /** Unix milliseconds: from this instant, and before `until`. */
  readonly from: number | null;
  readonly until: number | null;
}

/** A record with what people want to know of it beyond what was recorded. */
export interface AuditDetail {
  readonly record: AuditRecord;
  /** By id, what the actor and all that the details name are called today. What has gone is missing. */
  readonly names: Readonly<Record<string, string>>;
  readonly room: { readonly id: string; readonly name: string } | null;
}

/** Where a page of records ended. */
export type AuditPosition = Pick<AuditRecord, 'number'>;

/** Records that are looked at for one page: many may be others than those that are wanted. */
const LOOKED_AT = 1_000;

/**
 * Records of a property, the newest first. The key alone is walked: no index of times or actors is on the way of a card. Times
 * are found by halving, since later records have higher numbers. `next` is null where this is the last page, which may be short.
 */
export function auditRecordsPage(
  tx: ReadTx,
  query: {
    readonly propertyId: string;
    readonly filter: AuditFilter;
    readonly after: AuditPosition | null;
    readonly limit: number;
  },
): { readonly records: AuditDetail[]; readonly next: AuditPosition | null } {
  const { propertyId, filter, after, limit } = query;
  const range = numbersOf(tx, propertyId, filter);
  if (range === null) return { records: [], next: null };
  const looked = tx.find('audit', 'key', [propertyId], {
    ...range,
    ...(after && { after }),
    reverse: true,
    limit: LOOKED_AT,
  });
  const wanted = looked.filter((record) => isWanted(tx, record, filter));
  const records = wanted.slice(0, limit);
  const last = wanted.length > limit ? records.at(-1) : looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return {
    records: records.map((record) => auditDetailOf(tx, record)),
    next: last === undefined ? null : { number: last.number },
  };
}

/** One record of a property's log. */
export function getAuditRecord(
  tx: ReadTx,
  { propertyId, number }: { readonly propertyId: string; readonly number: number },
): AuditDetail | null {
  const record = tx.get('audit', propertyId, number);
  return record === undefined ? null : auditDetailOf(tx, record);
}

function auditDetailOf(tx: ReadTx, record: AuditRecord): AuditDetail {
  const { propertyId, actor } = record;
  const roomId = roomOf(tx, record);
  const room = roomId === null ? undefined : tx.get('rooms', propertyId, roomId);
  return {
    record,
    names: namesIn(tx, propertyId, actorParts(actor), detailsOf(record)),
    room: room === undefined ? null : { id: room.id, name: room.name },
  };
}

/** The numbers among which all that is wanted lies; null where there is nothing. */
function numbersOf(
  tx: ReadTx,
  propertyId: string,
  { from, until, operation }: AuditFilter,
): { readonly from?: number; readonly before?: number } | null {
  const ofOperation = operation === null ? {} : numbersOfOperation(tx, propertyId, operation);
  if (ofOperation === null) return null;
  const first = from === null ? 1 : firstNumberSince(tx, propertyId, from - CLOCK_MARGIN_MS);
  const before = until === null ? null : firstNumberSince(tx, propertyId, until + CLOCK_MARGIN_MS);
  const ends = [before, ofOperation.before].filter((end) => end !== null && end !== undefined);
  return {
    from: Math.max(first, ofOperation.from ?? 1),
    ...(ends.length > 0 && { before: Math.min(...ends) }),
  };
}

/** From its acceptance until nothing more is recorded of it: a repeat of its request comes soon after its end. */
function numbersOfOperation(
  tx: ReadTx,
  propertyId: string,
  id: string,
): { readonly from?: number; readonly before?: number } | null {
  const operation = tx.get('operations', propertyId, id);
  if (operation === undefined) return null;
  const { place, settledAt } = operation;
  if (settledAt === null) return { from: place };
  const end = settledAt + REPEAT_WINDOW_MS + CLOCK_MARGIN_MS;
  return { from: place, before: firstNumberSince(tx, propertyId, end) };
}

function isWanted(tx: ReadTx, record: AuditRecord, filter: AuditFilter): boolean {
  const { at, action, operationId } = record;
  if (at < (filter.from ?? at) || (filter.until !== null && at >= filter.until)) return false;
  if ((filter.action ?? action) !== action) return false;
  if (filter.operation !== null && filter.operation !== operationId) return false;
  if (filter.actor !== null && !actorIs(record.actor, filter.actor)) return false;
  if (filter.card !== null && !isOfCard(record, filter.card)) return false;
  return filter.room === null || roomOf(tx, record) === filter.room;
}

/** The room that a record tells of: by its own words, or by the card record or operation that it names. */
function roomOf(tx: ReadTx, record: AuditRecord): string | null {
  const told = roomTold(record);
  if (told.known) return told.room;
  const { propertyId, operationId } = record;
  const operation = operationId === null ? undefined : tx.get('operations', propertyId, operationId);
  const recordId = told.cardRecord ?? operation?.recordId ?? null;
  return recordId === null ? null : (tx.get('cardRecords', propertyId, recordId)?.roomId ?? null);
}

import { BLANK, type CardContent, type Serial } from '@keyrack/protocol';
import type { Refusal } from '../../domain/authorise.ts';
import { isLater } from '../../domain/card-life.ts';
import { contentFor, EARLY_MS } from '../../domain/issue-image.ts';
import type { UnsealedCardKey } from '../../domain/judge-reading.ts';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord, Room } from '../../domain/places.ts';
import { placeInOrder } from '../../domain/room-order.ts';
import { roomCardsBeside } from '../../queries/room-cards.ts';
import type { ReadTx, Tx } from '../../store/store.ts';

/** The content to write: a blank for a cancel, the image of its record for an issue. */
export function imageToWrite(
  tx: Tx,
  operation: Operation,
  {
    serial,
    cardKeys,
    now,
  }: { readonly serial: Serial; readonly cardKeys: readonly UnsealedCardKey[]; readonly now: number },
): CardContent {
  if (operation.kind === 'cancel') return BLANK;
  const found = recordToIssue(tx, operation, now);
  if ('refusal' in found) throw new Error(`operation ${operation.id} has nothing to issue`);
  return prepareIssue(tx, found.record, found.room, serial, cardKeys, now);
}

/** The record and room of an issue; or why no card is issued for it any more, whatever card lies there. */
export function recordToIssue(
  tx: ReadTx,
  operation: Operation,
  now: number,
): { readonly refusal: Refusal } | { readonly record: CardRecord; readonly room: Room } {
  const record =
    operation.recordId === null ? undefined : tx.get('cardRecords', operation.propertyId, operation.recordId);
  const room = record === undefined ? undefined : tx.get('rooms', operation.propertyId, record.roomId);
  if (record === undefined || room === undefined) return { refusal: { cause: 'room-unknown' } };
  return record.validUntil <= now ? { refusal: { cause: 'end-time-past' } } : { record, room };
}

/** Why no card of this record can have a place among the room's guests any more; null where it can. */
export function refusalOfPlace(tx: ReadTx, record: CardRecord, room: Room, now: number): Refusal | null {
  const placed = placeInOrder(record, roomCardsBeside(tx, room, record, now), now);
  return 'refusal' in placed ? placed.refusal : null;
}

/** Gives the record its place among the room's guests, and returns the content to write. */
function prepareIssue(
  tx: Tx,
  record: CardRecord,
  room: Room,
  serial: Serial,
  keys: readonly UnsealedCardKey[],
  now: number,
): CardContent {
  const key = keys.reduce((a, b) => (b.version > a.version ? b : a));
  const placed = placeInOrder(record, roomCardsBeside(tx, room, record, now), now);
  if ('refusal' in placed) throw new Error(`record ${record.id} has no place in its room: ${placed.refusal.cause}`);
  const { sequence } = placed;
  const later = isLater(record, now);
  const next = {
    ...record,
    serial,
    sequence,
    keyVersion: key.version,
    begun: !later,
    validFrom: later ? record.validFrom : now - EARLY_MS,
    issuedAt: now,
  };
  tx.put('cardRecords', next);
  // One that begins later counts from then on: its number must not push a sooner guest's above it.
  if (!later && sequence > room.sequence) tx.put('rooms', { ...room, sequence });
  return contentFor(next, room, serial, key);
}

import { BLANK, type CardContent, type Serial } from '@keyrack/protocol';
import type { Refusal } from '../../domain/authorise.ts';
import { placeInSequence } from '../../domain/guest.ts';
import { contentFor, EARLY_MS, isLossReport } from '../../domain/issue-image.ts';
import type { UnsealedCardKey } from '../../domain/judge-reading.ts';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord, Room } from '../../domain/places.ts';
import { highestIssued, newestCards } from '../../queries/room-cards.ts';
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
  const newestIssued = highestIssued(tx, room);
  const others = newestCards(tx, room, newestIssued).filter(({ id }) => id !== record.id);
  const given = { records: others, newestIssued, lastSequence: room.sequence };
  const sequence = placeInSequence(record, isLossReport(record), given, now);
  const next = { ...record, serial, sequence, keyVersion: key.version, validFrom: now - EARLY_MS, issuedAt: now };
  tx.put('cardRecords', next);
  if (sequence > room.sequence) tx.put('rooms', { ...room, sequence });
  return contentFor(next, room, serial, key);
}

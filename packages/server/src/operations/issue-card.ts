import { accessOf, type CardContent, decodeCardImage, imageOf, type Serial } from '@keyrack/protocol';
import type { Refusal } from '../domain/authorise.ts';
import { placeInSequence } from '../domain/guest.ts';
import { contentFor, EARLY_MS, FLAG } from '../domain/issue-image.ts';
import type { OpenCardKey } from '../domain/judge-reading.ts';
import type { Operation } from '../domain/operation.ts';
import type { Card, CardRecord, Room } from '../domain/places.ts';
import type { ReadTx, Tx } from '../store/store.ts';

/** Why no card is issued any more for this operation's record, whatever card is shown; else its record and room. */
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

/**
 * Why this plastic isn't written for another room, or null: it still opens one. What the database knows of the card
 * counts first; for a card that it doesn't know, what the card says.
 */
export function whyOccupied(
  tx: ReadTx,
  card: Card | undefined,
  content: CardContent,
  room: Room,
  now: number,
): Refusal | null {
  const decoded = decodeCardImage(imageOf(content));
  if (decoded.kind !== 'image' || accessOf(content) === 'factory') return null;
  const known = card?.recordId == null ? undefined : tx.get('cardRecords', room.propertyId, card.recordId);
  const occupied =
    known === undefined
      ? decoded.image.lockNumber !== room.lockNumber && decoded.image.validUntil * 60_000 > now
      : known.status === 'active' && known.validUntil > now && known.roomId !== room.id;
  return occupied ? { cause: 'card-occupied' } : null;
}

/** Gives the record its place among the room's guests, and returns what is to be written to this card. */
export function prepareIssue(
  tx: Tx,
  record: CardRecord,
  room: Room,
  serial: Serial,
  keys: readonly OpenCardKey[],
  now: number,
): CardContent {
  const key = keys.reduce((a, b) => (b.version > a.version ? b : a));
  const others = tx.find('cardRecords', 'byRoom', [room.propertyId, room.id]);
  const { sequence } = placeInSequence(record, (record.flags & FLAG.lossReport) !== 0, others, room.sequence, now);
  const next = { ...record, serial, sequence, keyVersion: key.version, validFrom: now - EARLY_MS, issuedAt: now };
  tx.put('cardRecords', next);
  if (sequence > room.sequence) tx.put('rooms', { ...room, sequence });
  return contentFor(next, room, serial, key);
}

/** A card was issued: the cards of earlier guests, and what was on this plastic before, are out of use. */
export function supersedeOthers(tx: Tx, record: CardRecord, at: number): CardRecord[] {
  const lost = (record.flags & FLAG.lossReport) !== 0;
  const ended: CardRecord[] = [];
  for (const other of tx.find('cardRecords', 'byRoom', [record.propertyId, record.roomId])) {
    if (other.id === record.id || other.status !== 'active' || other.sequence >= record.sequence) continue;
    ended.push({ ...other, status: lost ? 'lost' : 'superseded', endedAt: at });
  }
  if (record.serial !== null) {
    for (const other of tx.find('cardRecords', 'bySerial', [record.propertyId, record.serial])) {
      const replaced =
        other.id !== record.id && other.status === 'active' && !ended.some((each) => each.id === other.id);
      if (replaced) ended.push({ ...other, status: 'superseded', endedAt: at });
    }
  }
  for (const each of ended) tx.put('cardRecords', each);
  return ended;
}

import { accessOf, type CardContent, decodeCardImage, imageOf, type Serial } from '@keyrack/protocol';
import type { Refusal } from '../../domain/authorise.ts';
import { advanceCard, type CardEvent } from '../../domain/card-life.ts';
import { placeInSequence } from '../../domain/guest.ts';
import { contentFor, EARLY_MS, FLAG } from '../../domain/issue-image.ts';
import type { UnsealedCardKey } from '../../domain/judge-reading.ts';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord, Room } from '../../domain/places.ts';
import { findByTag, firstIssuedAfter, highestIssued, newestCards } from '../../queries/room-cards.ts';
import type { ReadTx, Tx } from '../../store/store.ts';

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
 * Why this plastic isn't written for another room, or null: it still opens one. What the card itself says counts, since
 * the records of a restored database may be older; a card that they call out of use has had a successor.
 */
export function refusalOfOccupiedCard(tx: ReadTx, content: CardContent, room: Room, now: number): Refusal | null {
  const decoded = decodeCardImage(imageOf(content));
  if (decoded.kind !== 'image' || accessOf(content) === 'factory') return null;
  const { image } = decoded;
  if (image.lockNumber === room.lockNumber || image.validUntil * 60_000 <= now) return null;
  const status = findByTag(tx, room.propertyId, image)?.status;
  return status === 'superseded' || status === 'lost' ? null : { cause: 'card-occupied' };
}

/** Gives the record its place among the room's guests, and returns what is to be written to this card. */
export function prepareIssue(
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

/** A card that another one put out of use, and until when it may still open (Unix milliseconds). */
export interface Ended {
  readonly record: CardRecord;
  readonly mayOpenUntil: number;
}

/**
 * A card was issued: the cards of earlier guests, and what was on this plastic before, are out of use. So is the card
 * itself, when a later guest's was issued before its own outcome was known: the room's lock goes by the sequence.
 */
export function endOthers(tx: Tx, issued: CardRecord, at: number): Ended[] {
  const ended = new Map<string, Ended>();
  const end = (record: CardRecord, event: CardEvent, mayOpenUntil: number) => {
    const next = advanceCard(record, event, at);
    if (next === record || ended.has(record.id)) return;
    tx.put('cardRecords', next);
    ended.set(record.id, { record: next, mayOpenUntil });
  };
  if (issued.serial !== null) {
    for (const other of tx.find('cardRecords', 'activeBySerial', [issued.propertyId, issued.serial])) {
      // Overwritten, so that it opens nothing from now on.
      if (other.id !== issued.id) end(other, 'superseded', at);
    }
  }
  const how = (later: CardRecord) => (isLossReport(later) ? 'loss-reported' : 'superseded');
  const { propertyId, roomId, sequence } = issued;
  for (const other of tx.find('cardRecords', 'activeBySequence', [propertyId, roomId], { before: sequence }))
    end(other, how(issued), other.validUntil);
  const successor = firstIssuedAfter(tx, issued);
  if (successor !== undefined) end(issued, how(successor), issued.validUntil);
  return [...ended.values()];
}

function isLossReport({ flags }: CardRecord): boolean {
  return (flags & FLAG.lossReport) !== 0;
}

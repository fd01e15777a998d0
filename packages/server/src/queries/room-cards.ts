import { type CardImage, cardTagOf, type Serial } from '@keyrack/protocol';
import { isLater, wasIssued } from '../domain/card-life.ts';
import type { CardRecord, Room } from '../domain/places.ts';
import type { RoomCards } from '../domain/room-order.ts';
import type { Hint, HintedValue } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { ROWS_OF_A_PAGE, walk } from '../store/walk-pages.ts';

/** The highest sequence of a room's cards that there have been and that have begun; 0 for none. */
export function highestIssued(tx: ReadTx, { propertyId, id }: Pick<Room, 'propertyId' | 'id'>): number {
  const [newest] = tx.find('cardRecords', 'issuedBySequence', [propertyId, id], { reverse: true, limit: 1 });
  return newest?.sequence ?? 0;
}

/** The first card of a room that has begun with a higher sequence than this one: a later guest's. */
export function firstIssuedAfter(tx: ReadTx, { propertyId, roomId, sequence }: CardRecord): CardRecord | undefined {
  return tx.find('cardRecords', 'issuedBySequence', [propertyId, roomId], { from: sequence + 1, limit: 1 })[0];
}

/** A room's cards for stays that begin later, and that may be out. */
export function upcomingCards(tx: ReadTx, { propertyId, id }: Pick<Room, 'propertyId' | 'id'>): CardRecord[] {
  return tx.find('cardRecords', 'upcomingByRoom', [propertyId, id]);
}

/**
 * What a room has given out besides this card, as of now: a card whose begin has passed has begun, also where nobody has noted
 * that yet.
 */
export function roomCardsBeside(tx: ReadTx, room: Room, card: CardRecord, now: number): RoomCards {
  const waiting = upcomingCards(tx, room);
  const due = waiting.filter((each) => !isLater(each, now));
  const newestIssued = Math.max(
    highestIssued(tx, room),
    ...due.filter((each) => wasIssued(each)).map(({ sequence }) => sequence),
  );
  return {
    begun: [...newestCards(tx, room, newestIssued), ...due].filter(({ id }) => id !== card.id),
    newestIssued,
    lastSequence: Math.max(room.sequence, ...due.map(({ sequence }) => sequence)),
    upcoming: waiting.filter((each) => isLater(each, now) && each.id !== card.id),
    original: card.sameAs === null ? undefined : tx.get('cardRecords', card.propertyId, card.sameAs),
  };
}

/** A room's cards that have begun and are active, or being issued, with at least this sequence. */
export function newestCards(tx: ReadTx, { propertyId, id }: Room, from: number): CardRecord[] {
  return [
    ...tx.find('cardRecords', 'activeBySequence', [propertyId, id], { from }),
    ...walk(tx, 'cardRecords', 'pendingBySequence', [propertyId, id], { from }),
  ];
}

/**
 * The card record that the image on this plastic was made for. Its tag is a hash, so the room and the sequence narrow it down.
 * Most often it is the record that is known to be on the plastic. Those of one guest may be thousands, where staff have the
 * room for years.
 */
export function findByTag(tx: ReadTx, propertyId: string, serial: Serial, image: CardImage): CardRecord | undefined {
  const [room] = tx.find('rooms', 'byLockNumber', [propertyId, image.lockNumber], { limit: 1 });
  if (room === undefined) return undefined;
  const isMadeFor = ({ id, roomId, sequence }: CardRecord) =>
    roomId === room.id && sequence === image.sequence && cardTagOf(id) === image.cardTag;
  const recordId = tx.get('cards', propertyId, serial)?.recordId ?? null;
  const likely = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  if (likely !== undefined && isMadeFor(likely)) return likely;
  const prefix = [propertyId, room.id, image.sequence] as const;
  for (const record of walk(tx, 'cardRecords', 'bySequence', prefix, { reverse: true })) {
    if (isMadeFor(record)) return record;
  }
  return undefined;
}

/** What `roomCardsBeside` looks at. */
export function hintRoomCards(hint: Hint, propertyId: string, roomId: HintedValue, sameAs: HintedValue = null): void {
  hint.find('cardRecords', 'upcomingByRoom', [propertyId, roomId]);
  const newest = hint.find('cardRecords', 'issuedBySequence', [propertyId, roomId], { reverse: true, limit: 1 });
  const from = newest.of('sequence', { otherwise: 0 });
  hint.find('cardRecords', 'activeBySequence', [propertyId, roomId], { from });
  hint.find('cardRecords', 'pendingBySequence', [propertyId, roomId], { from, limit: ROWS_OF_A_PAGE });
  if (sameAs !== null) hint.get('cardRecords', propertyId, sameAs);
}

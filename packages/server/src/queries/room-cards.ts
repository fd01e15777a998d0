import { type CardImage, cardTagOf, type Serial } from '@keyrack/protocol';
import type { CardRecord, Room } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';

/** The highest sequence of a room's cards that there have been; 0 for none. */
export function highestIssued(tx: ReadTx, { propertyId, id }: Pick<Room, 'propertyId' | 'id'>): number {
  const [newest] = tx.find('cardRecords', 'issuedBySequence', [propertyId, id], { reverse: true, limit: 1 });
  return newest?.sequence ?? 0;
}

/** The first card that was issued for a room with a higher sequence than this one: a later guest's. */
export function firstIssuedAfter(tx: ReadTx, { propertyId, roomId, sequence }: CardRecord): CardRecord | undefined {
  return tx.find('cardRecords', 'issuedBySequence', [propertyId, roomId], { from: sequence + 1, limit: 1 })[0];
}

/** A room's cards that are active, or being issued, with at least this sequence: those of its newest guest, and later ones. */
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

import { type CardImage, cardTagOf } from '@keyrack/protocol';
import type { CardRecord, Room } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

/** The highest sequence of a room's cards that there have been; 0 for none. */
export function highestIssued(tx: ReadTx, { propertyId, id }: Pick<Room, 'propertyId' | 'id'>): number {
  const [newest] = tx.find('cardRecords', 'issuedBySequence', [propertyId, id], { reverse: true, limit: 1 });
  return newest?.sequence ?? 0;
}

/** The first card that was issued for a room with a higher sequence than this one: a later guest's. */
export function firstIssuedAfter(tx: ReadTx, { propertyId, roomId, sequence }: CardRecord): CardRecord | undefined {
  return tx.find('cardRecords', 'issuedBySequence', [propertyId, roomId], { from: sequence + 1, limit: 1 })[0];
}

/** Cards of one room that are issued at the same time. There are no more encoders to issue them. */
const ISSUED_AT_ONCE = 1_000;

/** A room's cards that are active, or being issued, with at least this sequence: those of its newest guest, and later ones. */
export function newestCards(tx: ReadTx, { propertyId, id }: Room, from: number): CardRecord[] {
  return [
    ...tx.find('cardRecords', 'activeBySequence', [propertyId, id], { from }),
    ...tx.find('cardRecords', 'pendingBySequence', [propertyId, id], { from, limit: ISSUED_AT_ONCE }),
  ];
}

/** Cards with one sequence: those of one guest, some of whom stay for years. */
const CARDS_OF_A_GUEST = 1_000;

/** The card record that an image was made for: its tag is a hash, so the room and the sequence narrow it down. */
export function findByTag(tx: ReadTx, propertyId: string, image: CardImage): CardRecord | undefined {
  const [room] = tx.find('rooms', 'byLockNumber', [propertyId, image.lockNumber], { limit: 1 });
  if (room === undefined) return undefined;
  const prefix = [propertyId, room.id, image.sequence] as const;
  const records = tx.find('cardRecords', 'bySequence', prefix, { reverse: true, limit: CARDS_OF_A_GUEST });
  return records.find((record) => cardTagOf(record.id) === image.cardTag);
}

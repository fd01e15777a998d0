import { type CardImage, decodeCardImage, imageOf, type Reading, type Serial } from '@keyrack/protocol';
import type { CardRecord, Room } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { findByTag } from './room-cards.ts';

/** What a card of the property is for, and whether it would still open its door. */
export interface CardDescription {
  /** Null when the property has no room with the card's lock number, e.g. in a restored database. */
  readonly room: Room | null;
  readonly buildingName: string;
  readonly floorName: string;
  readonly image: CardImage;
  /** `unknown`: it is genuine, but no record of it is kept here. */
  readonly state: 'active' | 'expired' | 'superseded' | 'lost' | 'cancelled' | 'unknown';
}

/** What a read card is, or null for a blank one. Its content was checked when it was read. */
export function describeCard(
  tx: ReadTx,
  input: { readonly propertyId: string; readonly serial: Serial; readonly reading: Reading; readonly now: number },
): CardDescription | null {
  const { propertyId, reading, now } = input;
  const decoded = reading === 'unreadable' ? null : decodeCardImage(imageOf(reading));
  if (decoded?.kind !== 'image') return null;
  const { image } = decoded;
  const room = tx.find('rooms', 'byLockNumber', [propertyId, image.lockNumber], { limit: 1 })[0] ?? null;
  return {
    room,
    buildingName: (room && tx.get('buildings', propertyId, room.buildingId)?.name) ?? '',
    floorName: (room && tx.get('floors', propertyId, room.floorId)?.name) ?? '',
    image,
    state:
      image.validUntil * 60_000 <= now
        ? 'expired'
        : stateOf(findByTag(tx, propertyId, input.serial, image), room, image),
  };
}

function stateOf(record: CardRecord | undefined, room: Room | null, image: CardImage): CardDescription['state'] {
  switch (record?.status) {
    case 'active':
    case 'superseded':
    case 'lost':
    case 'cancelled':
      return record.status;
    default:
      return room !== null && image.sequence < room.sequence ? 'superseded' : 'unknown';
  }
}

describeCard.hints = (hint: Hint, { propertyId, serial, reading }: Parameters<typeof describeCard>[1]) => {
  const decoded = reading === 'unreadable' ? null : decodeCardImage(imageOf(reading));
  if (decoded?.kind !== 'image') return;
  const room = hint.find('rooms', 'byLockNumber', [propertyId, decoded.image.lockNumber], { limit: 1 });
  hint.get('buildings', propertyId, room.of('buildingId'));
  hint.get('floors', propertyId, room.of('floorId'));
  const card = hint.get('cards', propertyId, serial);
  hint.get('cardRecords', propertyId, card.of('recordId'));
};

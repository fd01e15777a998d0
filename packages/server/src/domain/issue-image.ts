import {
  type CardContent,
  cardTagOf,
  deriveLockKey,
  deriveSharedDoorKey,
  encodeCardImage,
  issuedContent,
  propertyTagOf,
  type Serial,
} from '@keyrack/protocol';
import type { UnsealedCardKey } from './judge-reading.ts';
import type { CardRecord, Room } from './places.ts';

/** Flags of a card record, as the card image has them (docs/decisions/0003-card-image.md). */
export const FLAG = { normallyOpen: 1, networked: 2, lossReport: 4, sharedDoors: 8 } as const;

/** A card is valid from this long before its issue, for locks whose clock is slow. Milliseconds. */
export const EARLY_MS = 10 * 60_000;

/** What is written to this serial for this card record. */
export function contentFor(record: CardRecord, room: Room, serial: Serial, key: UnsealedCardKey): CardContent {
  const image = encodeCardImage(
    {
      cardType: 'guest',
      normallyOpen: (record.flags & FLAG.normallyOpen) !== 0,
      networked: (record.flags & FLAG.networked) !== 0,
      lossReport: (record.flags & FLAG.lossReport) !== 0,
      sharedDoors: (record.flags & FLAG.sharedDoors) !== 0,
      keyVersion: key.version,
      propertyTag: propertyTagOf(record.propertyId),
      lockNumber: room.lockNumber,
      validFrom: Math.floor(record.validFrom / 60_000),
      validUntil: Math.floor(record.validUntil / 60_000),
      sequence: record.sequence,
      cardTag: cardTagOf(record.id),
    },
    {
      lockKey: deriveLockKey(key.key, key.version, room.lockNumber),
      sharedDoorKey: deriveSharedDoorKey(key.key, key.version),
    },
    serial,
  );
  return issuedContent(image);
}

/** Whether this card was issued because an earlier one was lost: it ends all of the room's earlier cards. */
export function isLossReport({ flags }: Pick<CardRecord, 'flags'>): boolean {
  return (flags & FLAG.lossReport) !== 0;
}

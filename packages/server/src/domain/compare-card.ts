import { type CardImage, cardTagOf } from '@keyrack/protocol';
import { FLAG } from './issue-image.ts';
import type { CardRecord, Room } from './places.ts';

/** What of a card's content people are told. */
export interface CardFacts {
  /** Id of the room that it opens; null where the property has none with its lock number. */
  readonly room: string | null;
  /** Unix milliseconds. */
  readonly validFrom: number;
  readonly validUntil: number;
  readonly sequence: number;
  readonly keyVersion: number;
  readonly normallyOpen: boolean;
  readonly networked: boolean;
  readonly lossReport: boolean;
  readonly sharedDoors: boolean;
}

export interface CardDifference {
  /** `content` where one side is blank, `cardRecord` where the card was made for another record. */
  readonly field: keyof CardFacts | 'content' | 'cardRecord';
  readonly card: string | number | boolean | null;
  readonly record: string | number | boolean | null;
}

const MINUTE = 60_000;

export function factsOfImage(image: CardImage, room: Pick<Room, 'id'> | null): CardFacts {
  const { sequence, keyVersion, normallyOpen, networked, lossReport, sharedDoors } = image;
  const [validFrom, validUntil] = [image.validFrom * MINUTE, image.validUntil * MINUTE];
  const flags = { normallyOpen, networked, lossReport, sharedDoors };
  return { room: room?.id ?? null, validFrom, validUntil, sequence, keyVersion, ...flags };
}

/** The same of a record, to the minute: a card knows no seconds. */
export function factsOfRecord({ roomId, flags, sequence, keyVersion, ...record }: CardRecord): CardFacts {
  const toMinute = (ms: number) => Math.floor(ms / MINUTE) * MINUTE;
  return {
    room: roomId,
    validFrom: toMinute(record.validFrom),
    validUntil: toMinute(record.validUntil),
    sequence,
    keyVersion,
    normallyOpen: (flags & FLAG.normallyOpen) !== 0,
    networked: (flags & FLAG.networked) !== 0,
    lossReport: (flags & FLAG.lossReport) !== 0,
    sharedDoors: (flags & FLAG.sharedDoors) !== 0,
  };
}

/**
 * Everything in which a card differs from what the records believe to be on it. `image` is null for a blank card, and `record`
 * where nothing was issued on it, or it was erased since.
 */
export function compareCard(
  image: CardImage | null,
  room: Pick<Room, 'id'> | null,
  record: CardRecord | null,
): CardDifference[] {
  if (image === null || record === null) {
    if (image === null && record === null) return [];
    return [
      { field: 'content', card: image === null ? 'blank' : 'written', record: record === null ? 'blank' : 'written' },
    ];
  }
  const [card, believed] = [factsOfImage(image, room), factsOfRecord(record)];
  const differing = (Object.keys(card) as (keyof CardFacts)[]).filter((field) => card[field] !== believed[field]);
  const isMadeForIt = image.cardTag === cardTagOf(record.id);
  return [
    ...differing.map((field) => ({ field, card: card[field], record: believed[field] })),
    ...(isMadeForIt ? [] : [{ field: 'cardRecord', card: image.cardTag, record: cardTagOf(record.id) } as const]),
  ];
}

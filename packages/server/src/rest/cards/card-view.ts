import { z } from 'zod';
import { FLAG } from '../../domain/issue-image.ts';
import type { CardDetail } from '../../queries/card-detail.ts';
import type { CardRecordDetail } from '../../queries/card-records-page.ts';
import type { ListedCard } from '../../queries/cards-page.ts';
import { time, timeOf, timeOrNull } from '../fields.ts';

/** Ids of rows that an import may have named otherwise than by a UUID. */
export const rowId = z.string().min(1).max(64);

export const PLASTIC = ['written', 'erased', 'damaged', 'unknown'] as const;

export const STATUSES = [
  'pending',
  'void',
  'active',
  'upcoming',
  'expired',
  'superseded',
  'lost',
  'cancelled',
] as const satisfies readonly CardRecordDetail['status'][];

export const cardRecordView = z
  .object({
    id: z.string(),
    serial: z.string().nullable().meta({ description: 'The card; null while nobody knows on which.' }),
    room: z.string().meta({ description: 'Id of the room.' }),
    status: z.enum(STATUSES).meta({ description: 'See docs/cards.md, "The card record".' }),
    validFrom: time,
    validUntil: time.meta({ description: 'The end that is on the card.' }),
    mayOpenUntil: time.nullable().meta({
      description:
        'Until when a lock may still open for it; null where none does any more. A lock opens for a card that is out of use until it has seen the newer one.',
    }),
    holder: z.string().nullable(),
    gender: z.enum(['female', 'male']).nullable(),
    areaCode: z.string().nullable().meta({ description: "Country code of the holder's mobile." }),
    mobile: z.string().nullable().meta({ description: 'Without its country code.' }),
    normallyOpen: z.boolean().meta({ description: "Using the card turns the lock's staying open on and off." }),
    networked: z.boolean(),
    duplicateOf: z.string().nullable().meta({ description: 'The card record whose guest it is for; null for none.' }),
    lossReport: z.boolean().meta({ description: 'It was issued since an earlier card of the room was lost.' }),
    issuedAt: time,
    endedAt: time.nullable(),
  })
  .meta({
    id: 'CardRecord',
    description: 'One key that was given to somebody: a room, a time, a holder, on one card.',
  });

const cardFields = {
  serial: z.string(),
  plastic: z.enum(PLASTIC).meta({ description: 'What is known of its content.' }),
  record: cardRecordView.nullable().meta({ description: 'What is believed to be on it; null for a blank one.' }),
};

export const listedCardView = z
  .object(cardFields)
  .meta({ id: 'ListedCard', description: 'A card of a list, without its history.' });

export const cardView = z
  .object({
    ...cardFields,
    history: z
      .array(cardRecordView)
      .meta({ description: 'Its last 100 records, the newest first. `listCardRecords` has them all.' }),
  })
  .meta({ id: 'Card', description: "A card by its chip's serial." });

export function viewOfListedCard({ card, record }: ListedCard): z.input<typeof listedCardView> {
  return { serial: card.serial, plastic: card.plastic, record: record && viewOfRecord(record) };
}

export function viewOfCard({ history, ...listed }: CardDetail): z.input<typeof cardView> {
  return { ...viewOfListedCard(listed), history: history.map(viewOfRecord) };
}

export function viewOfRecord({ record, status, mayOpenUntil }: CardRecordDetail): z.input<typeof cardRecordView> {
  return {
    id: record.id,
    serial: record.serial,
    room: record.roomId,
    status,
    validFrom: timeOf(record.validFrom),
    validUntil: timeOf(record.validUntil),
    mayOpenUntil: timeOrNull(mayOpenUntil),
    holder: record.owner,
    gender: record.ownerGender,
    areaCode: record.ownerAreaCode,
    mobile: record.ownerMobile,
    normallyOpen: (record.flags & FLAG.normallyOpen) !== 0,
    networked: (record.flags & FLAG.networked) !== 0,
    duplicateOf: record.sameAs,
    lossReport: (record.flags & FLAG.lossReport) !== 0,
    issuedAt: timeOf(record.issuedAt),
    endedAt: timeOrNull(record.endedAt),
  };
}

import { z } from 'zod';
import { lifeAt } from '../../domain/card-life.ts';
import type { CardRecord } from '../../domain/places.ts';
import type { CardDetail } from '../../queries/card-detail.ts';
import { time, timeOf, timeOrNull } from '../fields.ts';

const cardRecordView = z
  .object({
    id: z.string(),
    serial: z.string().nullable(),
    room: z.string().meta({ description: 'Id of the room.' }),
    status: z.enum(['pending', 'void', 'active', 'superseded', 'lost', 'cancelled', 'expired', 'upcoming']),
    validFrom: time,
    validUntil: time.meta({ description: 'The end that is on the card.' }),
    holder: z.string().nullable(),
    issuedAt: time,
    endedAt: time.nullable(),
  })
  .meta({
    id: 'CardRecord',
    description: 'One key that was given to somebody: a room, a time, a holder, on one card.',
  });

export const cardView = z
  .object({
    serial: z.string(),
    plastic: z.enum(['written', 'erased', 'damaged', 'unknown']).meta({ description: 'What is known of its content.' }),
    record: cardRecordView.nullable().meta({ description: 'What is believed to be on it; null for a blank one.' }),
    history: z.array(cardRecordView).meta({ description: 'Its last 100 records, the newest first.' }),
  })
  .meta({ id: 'Card', description: "A card by its chip's serial." });

export function viewOfCard({ card, record, history }: CardDetail, now: number): z.input<typeof cardView> {
  return {
    serial: card.serial,
    plastic: card.plastic,
    record: record && viewOfRecord(record, now),
    history: history.map((each) => viewOfRecord(each, now)),
  };
}

function viewOfRecord(record: CardRecord, now: number): z.input<typeof cardRecordView> {
  return {
    id: record.id,
    serial: record.serial,
    room: record.roomId,
    status: lifeAt(record, now),
    validFrom: timeOf(record.validFrom),
    validUntil: timeOf(record.validUntil),
    holder: record.owner,
    issuedAt: timeOf(record.issuedAt),
    endedAt: timeOrNull(record.endedAt),
  };
}

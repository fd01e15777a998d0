import { z } from 'zod';
import type { RoomKeys } from '../../queries/room-keys.ts';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { cardRecordView, rowId, viewOfRecord } from './card-view.ts';

const roomCardsView = z
  .object({
    current: z.array(cardRecordView).meta({ description: 'Of the guest who has the room now.' }),
    upcoming: z.array(cardRecordView).meta({ description: 'Of stays that begin later, by when they begin.' }),
    pending: z.array(cardRecordView).meta({ description: 'Being issued, or nobody can tell whether they were.' }),
    outOfUse: z.array(cardRecordView).meta({
      description: 'Superseded or lost; the lock may open for them until it has seen a newer card.',
    }),
  })
  .meta({ id: 'RoomCards', description: "A room's cards, by what they do at its door." });

export const getRoomCards = endpoint({
  id: 'getRoomCards',
  method: 'GET',
  path: '/v1/properties/{property}/rooms/{room}/cards',
  tag: 'cards',
  summary: "Get a room's cards",
  description: 'Who is in, who comes later, and which other cards may still open the door.',
  right: 'cards.read',
  params: z.strictObject({ room: rowId }),
  answers: { 200: { description: 'The cards.', body: roomCardsView } },
  async handle({ params, property, now, parts }) {
    const keys = await parts.read('roomKeys', { propertyId: property.id, id: params.room, now });
    if (keys === null) throw new ProblemError('not-found');
    const { current, upcoming, pending, outOfUse }: RoomKeys = keys;
    const body = {
      current: current.map(viewOfRecord),
      upcoming: upcoming.map(viewOfRecord),
      pending: pending.map(viewOfRecord),
      outOfUse: outOfUse.map(viewOfRecord),
    };
    return { status: 200, body };
  },
});

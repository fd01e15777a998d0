import { serial } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { cardView, viewOfCard } from './card-view.ts';

export const getCard = endpoint({
  id: 'getCard',
  method: 'GET',
  path: '/v1/properties/{property}/cards/{card}',
  tag: 'cards',
  summary: 'Get a card',
  description:
    'By its serial in upper-case hex: what it is believed to open and until when, and what it opened before.',
  right: 'cards.read',
  params: z.strictObject({ card: serial }),
  answers: { 200: { description: 'The card.', body: cardView } },
  async handle({ params, property, now, parts }) {
    const found = await parts.read('cardDetail', { propertyId: property.id, serial: params.card, now });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfCard(found) };
  },
});

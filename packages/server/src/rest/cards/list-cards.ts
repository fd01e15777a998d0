import { serial } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { listedCardView, PLASTIC, viewOfListedCard } from './card-view.ts';

const position = z.strictObject({ serial });

export const listCards = endpoint({
  id: 'listCards',
  method: 'GET',
  path: '/v1/properties/{property}/cards',
  tag: 'cards',
  summary: 'List cards',
  description:
    'By their serials, each with what is believed to be on it. A page may be short and not be the last one. To find cards by room, time or state, or those that may open now, list card records.',
  right: 'cards.read',
  query: pageQuery.extend({
    plastic: z.enum(PLASTIC).optional().meta({ description: 'Only cards of whose content this is known.' }),
  }),
  answers: { 200: { description: 'A page of cards.', body: pageOf(listedCardView) } },
  async handle({ query, property, now, parts }) {
    const { plastic = null } = query;
    const page = { ...readPage(query, position), now };
    const { cards, next } = await parts.read('cardsPage', { propertyId: property.id, plastic, ...page });
    return {
      status: 200,
      body: { data: cards.map(viewOfListedCard), nextCursor: next === null ? null : cursorOf(next) },
    };
  },
});

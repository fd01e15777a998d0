import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { foundGuestView, viewOfGuest } from './key-rack-view.ts';

/** Beyond it a search is too wide to be read. */
const FOUND = 20;

export const searchGuests = endpoint({
  id: 'searchGuests',
  method: 'GET',
  path: '/v1/properties/{property}/guests',
  tag: 'key-rack',
  summary: 'Search guests',
  description: `The first ${FOUND} guests of cards that may open a door, or will; who is in comes first.`,
  right: 'cards.read',
  query: z.strictObject({
    search: z.string().trim().min(1).max(100).meta({
      description: 'A part of the name, in any case, or three digits and more of the phone.',
    }),
  }),
  answers: {
    200: {
      description: 'The guests.',
      body: z.object({ data: z.array(foundGuestView) }).meta({ id: 'FoundGuests' }),
    },
  },
  async handle({ property, query, now, parts }) {
    const found = await parts.read('searchGuests', {
      propertyId: property.id,
      search: query.search,
      limit: FOUND,
      now,
    });
    return { status: 200, body: { data: found.map(viewOfGuest) } };
  },
});

import { serial } from '@keyrack/protocol';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { time, timeOf } from '../fields.ts';
import { ProblemError } from '../problems.ts';

export const retireCard = endpoint({
  id: 'retireCard',
  method: 'POST',
  path: '/v1/properties/{property}/cards/{card}/retire',
  tag: 'cards',
  summary: 'Retire a card',
  description:
    'Takes a card off the books that can not be had back. Its lock may open for it until the time that is told.',
  right: 'cards.write',
  params: z.strictObject({ card: serial }),
  answers: {
    200: { description: 'It counts as lost.', body: z.object({ serial: z.string(), mayOpenUntil: time }) },
  },
  problems: ['not-in-this-state'],
  async handle({ params, property, doer, now, change }) {
    const { actor } = doer;
    const result = await change('retireCard', { propertyId: property.id, serial: params.card, actor, doer, now });
    if (result.ok) return { status: 200, body: { serial: params.card, mayOpenUntil: timeOf(result.mayOpenUntil) } };
    switch (result.why) {
      case 'card-unknown':
        throw new ProblemError('not-found');
      case 'nothing-on-it':
        throw new ProblemError('not-in-this-state', {
          detail: 'This card is blank, or was never issued; there is nothing to retire.',
        });
      case 'under-way':
        throw new ProblemError('not-in-this-state', {
          detail: 'This card is being written, or its agent has not told yet what became of it; try again when it has.',
        });
    }
  },
});

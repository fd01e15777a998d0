import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ruleView } from './guest-rule-view.ts';

export const setGuestDataRule = endpoint({
  id: 'setGuestDataRule',
  method: 'PUT',
  path: '/v1/properties/{property}/guest-data',
  tag: 'guests',
  summary: 'Set how long names and phones of guests are kept',
  description: 'What is older is deleted within the hour, a little at a time. It can not be had back.',
  right: 'guests.delete',
  body: z.strictObject(ruleView.shape),
  answers: { 200: { description: 'How long, from now on.', body: ruleView } },
  async handle({ body, property, doer, now, change }) {
    await change('setGuestRule', { propertyId: property.id, keptDays: body.keptDays, doer, now });
    return { status: 200, body: { keptDays: body.keptDays } };
  },
});

import { endpoint } from '../endpoint.ts';
import { ruleView } from './guest-rule-view.ts';

export const getGuestDataRule = endpoint({
  id: 'getGuestDataRule',
  method: 'GET',
  path: '/v1/properties/{property}/guest-data',
  tag: 'guests',
  summary: 'Get how long names and phones of guests are kept',
  right: 'properties.read',
  answers: { 200: { description: 'How long.', body: ruleView } },
  async handle({ property, parts }) {
    return { status: 200, body: await parts.read('guestRule', { propertyId: property.id }) };
  },
});

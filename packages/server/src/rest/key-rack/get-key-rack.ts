import { endpoint } from '../endpoint.ts';
import { keyRackView, viewOfKeyRack } from './key-rack-view.ts';

export const getKeyRack = endpoint({
  id: 'getKeyRack',
  method: 'GET',
  path: '/v1/properties/{property}/key-rack',
  tag: 'key-rack',
  summary: 'Get the key rack',
  description: 'Every room by building and floor, with what is out of its keys. `followProperty` tells what changes.',
  right: 'cards.read',
  answers: { 200: { description: 'The rack as it is now, whole.', body: keyRackView } },
  async handle({ property, now, parts }) {
    const rack = await parts.read('keyRack', { propertyId: property.id, now });
    return { status: 200, body: viewOfKeyRack(rack, now) };
  },
});

import { entityTag } from '../../domain/entity-tag.ts';
import { factsOf } from '../../domain/places.ts';
import { endpoint } from '../endpoint.ts';
import { propertyView } from './property-view.ts';

export const getProperty = endpoint({
  id: 'getProperty',
  method: 'GET',
  path: '/v1/properties/{property}',
  tag: 'properties',
  summary: 'Get a property',
  right: 'properties.read',
  answers: { 200: { description: 'The property.', body: propertyView } },
  async handle({ property }) {
    const body = factsOf(property);
    return { status: 200, body, etag: entityTag(body) };
  },
});

import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { line, shortNumber, timeOfDay, timeZone } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { propertyView } from './property-view.ts';

export const changeProperty = endpoint({
  id: 'changeProperty',
  method: 'PATCH',
  path: '/v1/properties/{property}',
  tag: 'properties',
  summary: 'Change a property',
  description:
    'What is left out stays. Clients of the room-card API name the property by its number: tell them of a new one.',
  right: 'properties.write',
  body: z.strictObject({
    number: shortNumber.optional(),
    name: line(64).optional(),
    timeZone: timeZone.optional(),
    checkOutTime: timeOfDay.optional(),
  }),
  comparesTags: true,
  answers: { 200: { description: 'The property as it is now.', body: propertyView } },
  problems: ['number-taken'],
  async handle({ property, body, knownTags, doer, now, change }) {
    const result = await change('changeProperty', { propertyId: property.id, changes: body, knownTags, doer, now });
    if (result.verdict !== 'changed') throw new ProblemError(result.verdict);
    return { status: 200, body: result.property, etag: entityTag(result.property) };
  },
});

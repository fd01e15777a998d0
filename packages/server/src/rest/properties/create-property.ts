import { randomBytes } from 'node:crypto';
import { PROPERTY_CARD_KEY_BYTES } from '@keyrack/protocol';
import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { PURPOSE } from '../../runtime/sealed-secret.ts';
import { endpoint } from '../endpoint.ts';
import { line, shortNumber, timeOfDay, timeZone } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { propertyView } from './property-view.ts';

export const createProperty = endpoint({
  id: 'createProperty',
  method: 'POST',
  path: '/v1/properties',
  tag: 'properties',
  summary: 'Add a property',
  description: 'Its card key is made with it, and never leaves the server.',
  right: 'properties.create',
  body: z.strictObject({
    number: shortNumber,
    name: line(64),
    timeZone,
    checkOutTime: timeOfDay.optional(),
  }),
  answers: { 201: { description: 'The new property.', body: propertyView } },
  problems: ['number-taken'],
  async handle({ body, doer, now, change, parts }) {
    const cardKey = new Uint8Array(randomBytes(PROPERTY_CARD_KEY_BYTES));
    const result = await change('createProperty', {
      ...body,
      id: parts.newId(),
      sealedCardKey: parts.sealer.seal(cardKey, PURPOSE.propertyCardKey),
      doer,
      now,
    });
    if (result.verdict === 'number-taken') throw new ProblemError('number-taken');
    const { property } = result;
    const headers = { location: `/v1/properties/${property.id}` };
    return { status: 201, body: property, etag: entityTag(property), headers };
  },
});

import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id, line, shortNumber } from '../fields.ts';
import { floorView, NAME_LENGTH, refusedPlace, viewOfFloor } from './place-view.ts';

export const createFloor = endpoint({
  id: 'createFloor',
  method: 'POST',
  path: '/v1/properties/{property}/floors',
  tag: 'places',
  summary: 'Add a floor',
  right: 'rooms.write',
  body: z.strictObject({ building: id, number: shortNumber, name: line(NAME_LENGTH) }),
  answers: { 201: { description: 'The new floor.', body: floorView } },
  problems: ['number-taken'],
  async handle({ property, body, doer, now, change, parts }) {
    const given = { ...body, propertyId: property.id, id: parts.newId(), doer, now };
    const result = await change('createFloor', given);
    if (result.verdict === 'not-found') throw refusedPlace({ verdict: 'building-unknown' });
    if (result.verdict !== 'created') throw refusedPlace(result);
    const shown = viewOfFloor(result.row);
    const headers = { location: `/v1/properties/${property.id}/floors/${shown.id}` };
    return { status: 201, body: shown, etag: entityTag(shown), headers };
  },
});

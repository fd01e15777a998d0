import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { line, shortNumber } from '../fields.ts';
import { buildingView, NAME_LENGTH, refusedPlace, viewOfBuilding } from './place-view.ts';

export const createBuilding = endpoint({
  id: 'createBuilding',
  method: 'POST',
  path: '/v1/properties/{property}/buildings',
  tag: 'places',
  summary: 'Add a building',
  right: 'rooms.write',
  body: z.strictObject({ number: shortNumber, name: line(NAME_LENGTH) }),
  answers: { 201: { description: 'The new building.', body: buildingView } },
  problems: ['number-taken'],
  async handle({ property, body, doer, now, change, parts }) {
    const given = { ...body, propertyId: property.id, id: parts.newId(), doer, now };
    const result = await change('createBuilding', given);
    if (result.verdict !== 'created') throw refusedPlace(result);
    const shown = viewOfBuilding(result.row);
    const headers = { location: `/v1/properties/${property.id}/buildings/${shown.id}` };
    return { status: 201, body: shown, etag: entityTag(shown), headers };
  },
});

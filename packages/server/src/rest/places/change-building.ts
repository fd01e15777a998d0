import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id, line, shortNumber } from '../fields.ts';
import { buildingView, NAME_LENGTH, refusedPlace, viewOfBuilding } from './place-view.ts';

export const changeBuilding = endpoint({
  id: 'changeBuilding',
  method: 'PATCH',
  path: '/v1/properties/{property}/buildings/{building}',
  tag: 'places',
  summary: 'Change a building',
  description:
    'What is left out stays. Clients of the room-card API name its rooms by its number: tell them of a new one.',
  right: 'rooms.write',
  params: z.strictObject({ building: id }),
  body: z.strictObject({ number: shortNumber.optional(), name: line(NAME_LENGTH).optional() }),
  comparesTags: true,
  answers: { 200: { description: 'The building as it is now.', body: buildingView } },
  problems: ['number-taken', 'numbers-run-together'],
  async handle({ property, params, body, knownTags, doer, now, change }) {
    const given = { propertyId: property.id, id: params.building, changes: body, knownTags, doer, now };
    const result = await change('changeBuilding', given);
    if (result.verdict !== 'changed') throw refusedPlace(result);
    const shown = viewOfBuilding(result.row);
    return { status: 200, body: shown, etag: entityTag(shown) };
  },
});

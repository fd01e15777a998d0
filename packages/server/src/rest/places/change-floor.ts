import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id, line, shortNumber } from '../fields.ts';
import { floorView, NAME_LENGTH, refusedPlace, viewOfFloor } from './place-view.ts';

export const changeFloor = endpoint({
  id: 'changeFloor',
  method: 'PATCH',
  path: '/v1/properties/{property}/floors/{floor}',
  tag: 'places',
  summary: 'Change a floor',
  description:
    'What is left out stays. Clients of the room-card API name its rooms by its number: tell them of a new one.',
  right: 'rooms.write',
  params: z.strictObject({ floor: id }),
  body: z.strictObject({ number: shortNumber.optional(), name: line(NAME_LENGTH).optional() }),
  comparesTags: true,
  answers: { 200: { description: 'The floor as it is now.', body: floorView } },
  problems: ['number-taken', 'numbers-run-together'],
  async handle({ property, params, body, knownTags, doer, now, change }) {
    const given = { propertyId: property.id, id: params.floor, changes: body, knownTags, doer, now };
    const result = await change('changeFloor', given);
    if (result.verdict !== 'changed') throw refusedPlace(result);
    const shown = viewOfFloor(result.row);
    return { status: 200, body: shown, etag: entityTag(shown) };
  },
});

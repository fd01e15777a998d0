import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';

const deletedView = z
  .object({
    records: z.int().meta({ description: 'Card records from which name, gender and phone were deleted.' }),
    complete: z.boolean().meta({ description: 'False where there are more: send it again.' }),
  })
  .meta({ id: 'DeletedGuestData' });

export const deleteGuestData = endpoint({
  id: 'deleteGuestData',
  method: 'POST',
  path: '/v1/properties/{property}/guest-data/delete',
  tag: 'guests',
  summary: "Delete one guest's name and phone now",
  description:
    'By their phone, or by the record of one of their cards: then of all records with the phone that it has, and of those of the same name in this room at this time. The cards stay what they are, and audit records verify as before. Whoever is given a card for the room later counts as another guest.',
  right: 'guests.delete',
  body: z.union([
    z.strictObject({
      areaCode: z.string().regex(/^\d{1,6}$/, 'is 1 to 6 digits'),
      mobile: z.string().regex(/^\d{4,20}$/, 'is 4 to 20 digits'),
    }),
    z.strictObject({ cardRecord: z.string().min(1).max(64).meta({ description: 'Id of a card record.' }) }),
  ]),
  answers: { 200: { description: 'What was deleted.', body: deletedView } },
  problems: ['not-in-this-state'],
  async handle({ body, property, doer, now, change }) {
    const result = await change('deleteGuestData', { propertyId: property.id, guest: body, doer, now });
    if (result.verdict === 'under-way')
      throw new ProblemError('not-in-this-state', {
        detail:
          'A card of this guest is being issued, or nobody knows yet how it ended; wait for its end, or write it off.',
      });
    if (result.verdict !== 'deleted') throw new ProblemError(result.verdict);
    return { status: 200, body: { records: result.records, complete: result.complete } };
  },
});

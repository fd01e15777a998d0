import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ProblemError } from '../problems.ts';
import { cardRecordView, rowId, viewOfRecord } from './card-view.ts';

export const getCardRecord = endpoint({
  id: 'getCardRecord',
  method: 'GET',
  path: '/v1/properties/{property}/card-records/{record}',
  tag: 'cards',
  summary: 'Get a card record',
  right: 'cards.read',
  params: z.strictObject({ record: rowId }),
  answers: { 200: { description: 'The card record.', body: cardRecordView } },
  async handle({ params, property, now, parts }) {
    const found = await parts.read('getCardRecord', { propertyId: property.id, id: params.record, now });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfRecord(found) };
  },
});

import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { copySetView, viewOfCopySet } from './copy-set-view.ts';

export const getCopySet = endpoint({
  id: 'getCopySet',
  method: 'GET',
  path: '/v1/properties/{property}/copy-sets/{set}',
  tag: 'operations',
  summary: 'Get a set of copies',
  description: 'How far an issue with `copies` has come. The newest of its operations is the one to follow.',
  right: 'operations.read',
  params: z.strictObject({ set: id }),
  answers: { 200: { description: 'The set as it is now.', body: copySetView } },
  async handle({ params, property, now, parts }) {
    const found = await parts.read('copySetDetail', { propertyId: property.id, id: params.set, now });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfCopySet(found) };
  },
});

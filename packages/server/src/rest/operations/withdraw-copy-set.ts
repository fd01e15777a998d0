import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { copySetView, viewOfCopySet } from './copy-set-view.ts';

export const withdrawCopySet = endpoint({
  id: 'withdrawCopySet',
  method: 'POST',
  path: '/v1/properties/{property}/copy-sets/{set}/withdraw',
  tag: 'operations',
  summary: 'Withdraw a set of copies',
  description:
    'No further card is made, and one that waits for its card is withdrawn. Cards that were made stay; one that is being written can not be stopped.',
  right: 'operations.write',
  params: z.strictObject({ set: id }),
  answers: { 200: { description: 'The set, which has been stopped.', body: copySetView } },
  problems: ['not-in-this-state'],
  async handle({ params, property, doer, now, change, parts }) {
    const result = await change('withdrawCopySet', { propertyId: property.id, set: params.set, doer, now });
    if (result.verdict === 'not-found') throw new ProblemError('not-found');
    if (result.verdict === 'not-now') throw new ProblemError('not-in-this-state');
    const found = await parts.read('copySetDetail', { propertyId: property.id, id: params.set, now });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfCopySet(found) };
  },
});

import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';

export const removeOwner = endpoint({
  id: 'removeOwner',
  method: 'DELETE',
  path: '/v1/persons/{person}/ownership',
  tag: 'people',
  summary: 'End that a person owns the installation',
  description: "The owner's key stays, so that there can be an owner again.",
  right: 'installation.owner',
  params: z.strictObject({ person: id }),
  answers: { 204: { description: 'They own nothing any more.' } },
  async handle({ params, doer, now, change }) {
    const result = await change('removeOwner', { personId: params.person, doer, now });
    if (result === 'not-found') throw new ProblemError('not-found');
    return { status: 204 };
  },
});

import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { ProblemError } from '../problems.ts';
import { memberView, viewOfMember } from './member-view.ts';

export const getMember = endpoint({
  id: 'getMember',
  method: 'GET',
  path: '/v1/properties/{property}/members/{member}',
  tag: 'members',
  summary: 'Get a member',
  right: 'members.read',
  params: z.strictObject({ member: id }),
  answers: { 200: { description: 'The member.', body: memberView } },
  async handle({ params, property, parts }) {
    const found = await parts.read('getMember', { propertyId: property.id, memberId: params.member });
    if (found === null) throw new ProblemError('not-found');
    return { status: 200, body: viewOfMember(found), etag: entityTag(found.facts) };
  },
});

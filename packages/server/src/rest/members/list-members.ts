import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { trueOrFalse } from '../fields.ts';
import { cursorOf, pageOf, pageQuery, readPage } from '../pages.ts';
import { memberView, role, viewOfMember } from './member-view.ts';

const position = z.strictObject({ id: z.string() });

export const listMembers = endpoint({
  id: 'listMembers',
  method: 'GET',
  path: '/v1/properties/{property}/members',
  tag: 'members',
  summary: 'List members',
  description: 'The newest first, also those who are no longer active. A page may be short and not be the last one.',
  right: 'members.read',
  query: pageQuery.extend({
    role: role.optional(),
    active: trueOrFalse.optional(),
    issuingPermission: trueOrFalse.optional(),
    search: z
      .string()
      .trim()
      .min(1)
      .max(254)
      .optional()
      .meta({ description: 'Part of a name, a mobile (with or without its area code) or an e-mail, in any case.' }),
  }),
  answers: { 200: { description: 'A page of members.', body: pageOf(memberView) } },
  async handle({ query, property, parts }) {
    const { role = null, active = null, issuingPermission = null, search = null } = query;
    const filter = { role, active, issuingPermission, search };
    const page = { ...readPage(query, position), ...filter, propertyId: property.id };
    const { members, next } = await parts.read('membersPage', page);
    const nextCursor = next === null ? null : cursorOf(next);
    return { status: 200, body: { data: members.map(viewOfMember), nextCursor } };
  },
});

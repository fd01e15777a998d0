import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { memberProblem } from './member-problem.ts';
import { isWholePhone, memberFields, memberView, viewOfMember, WHOLE_PHONE } from './member-view.ts';

export const changeMember = endpoint({
  id: 'changeMember',
  method: 'PATCH',
  path: '/v1/properties/{property}/members/{member}',
  tag: 'members',
  summary: 'Change a member, their issuing permission, or whether they are active',
  description:
    'What is left out stays. It holds from the next step of every operation under way. Whoever is deactivated is signed out at once. Nobody gives more than they have.',
  right: 'members.write',
  params: z.strictObject({ member: id }),
  body: z
    .strictObject({
      name: memberFields.name.optional(),
      role: memberFields.role.optional(),
      areaCode: memberFields.areaCode.optional(),
      mobile: memberFields.mobile.optional(),
      email: memberFields.email.optional(),
      issuingPermission: memberFields.issuingPermission.optional(),
      active: z.boolean().optional(),
    })
    .refine(isWholePhone, WHOLE_PHONE),
  comparesTags: true,
  answers: { 200: { description: 'The member as they are now.', body: memberView } },
  problems: ['phone-taken', 'email-taken', 'role-without-permission', 'last-administrator'],
  async handle({ params, body, property, knownTags, doer, now, change, parts }) {
    const memberId = params.member;
    const result = await change('changeMember', {
      propertyId: property.id,
      memberId,
      changes: body,
      knownTags,
      doer,
      now,
    });
    if (result.verdict !== 'changed') throw memberProblem(result.verdict);
    const { member, signedOut } = result;
    parts.desks.tellSignedOut(signedOut);
    return { status: 200, body: viewOfMember(member), etag: entityTag(member.facts) };
  },
});

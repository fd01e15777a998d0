import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { entityTag } from '../../domain/entity-tag.ts';
import { hashPassword } from '../../runtime/password.ts';
import { endpoint } from '../endpoint.ts';
import { memberProblem } from './member-problem.ts';
import {
  hashGiven,
  isWholePhone,
  memberFields,
  memberView,
  ONE_WAY,
  passwordFields,
  viewOfMember,
  WHOLE_PHONE,
  waysOfPassword,
} from './member-view.ts';

export const createMember = endpoint({
  id: 'createMember',
  method: 'POST',
  path: '/v1/properties/{property}/members',
  tag: 'members',
  summary: 'Add a member',
  description:
    'Give them a mobile, an e-mail, or both. Without a password they can do nothing until an administrator sets one. Nobody gives more than they have.',
  right: 'members.write',
  body: z
    .strictObject({
      name: memberFields.name,
      role: memberFields.role,
      areaCode: memberFields.areaCode.optional(),
      mobile: memberFields.mobile.optional(),
      email: memberFields.email.optional(),
      issuingPermission: memberFields.issuingPermission.optional(),
      ...passwordFields,
    })
    .refine(isWholePhone, WHOLE_PHONE)
    .refine((given) => waysOfPassword(given) <= 1, ONE_WAY),
  answers: { 201: { description: 'The new member.', body: memberView } },
  problems: ['phone-taken', 'email-taken', 'role-without-permission'],
  async handle({ body, property, doer, now, change, parts }) {
    const { password, passwordMd5, ...given } = body;
    const passwordHash =
      hashGiven(parts.passwords, { password, passwordMd5 }) ??
      hashPassword(parts.passwords, randomBytes(32).toString('hex'));
    const result = await change('createMember', {
      ...{ areaCode: null, mobile: null, email: null, issuingPermission: false },
      ...defined(given),
      propertyId: property.id,
      id: parts.newId(),
      passwordHash: await passwordHash,
      doer,
      now,
    });
    if (result.verdict !== 'created') throw memberProblem(result.verdict);
    const { member } = result;
    const headers = { location: `/v1/properties/${property.id}/members/${member.facts.id}` };
    return { status: 201, body: viewOfMember(member), etag: entityTag(member.facts), headers };
  },
});

/** Without the fields that weren't sent, so that they don't stand over what is usual. */
function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

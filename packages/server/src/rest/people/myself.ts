import { z } from 'zod';
import { sourceKey } from '../../runtime/client-address.ts';
import { hashPassword, hashPersonPassword } from '../../runtime/password.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { password, role } from '../members/member-view.ts';
import { ProblemError, refusedBy } from '../problems.ts';
import { passed } from '../sessions/create-session.ts';
import { personView, viewOfPerson } from './person-view.ts';
import { personOf, signedIn } from './signed-in.ts';

const myselfView = z
  .object({
    session: id,
    kind: z.enum(['member', 'person']),
    person: personView
      .nullable()
      .meta({ description: 'Null where a membership was signed in to by its own password.' }),
    memberships: z.array(
      z.object({
        property: z.object({ id, number: z.string(), name: z.string() }),
        member: id,
        name: z.string(),
        role,
        issuingPermission: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Myself', description: 'Who is signed in, and where they have a place.' });

export const getMyself = endpoint({
  id: 'getMyself',
  method: 'GET',
  path: '/v1/me',
  tag: 'people',
  summary: 'Get who is signed in, with their memberships',
  right: 'self.read',
  answers: { 200: { description: 'Who is signed in.', body: myselfView } },
  async handle({ caller, parts }) {
    const { kind } = signedIn(caller);
    const members = caller.kind === 'member' ? [caller.member] : caller.kind === 'person' ? caller.memberships : [];
    const ids = members.map(({ propertyId }) => propertyId);
    const properties = await parts.read('propertiesOfMemberships', { ids });
    const memberships = members.flatMap(({ propertyId, id: member, name, role, issuingPermission }) => {
      const property = properties.find((each) => each.id === propertyId);
      return property === undefined ? [] : [{ property, member, name, role, issuingPermission }];
    });
    const person = caller.kind === 'person' ? viewOfPerson(caller.person) : null;
    return { status: 200, body: { session: caller.credential, kind, person, memberships } };
  },
});

export const setMyPassword = endpoint({
  id: 'setMyPassword',
  method: 'PUT',
  path: '/v1/me/password',
  tag: 'people',
  summary: "Set one's own password",
  description:
    "The person's, or the membership's that was signed in to by its own. It ends every session, this one too.",
  right: 'self.write',
  body: z.strictObject({ currentPassword: z.string().min(1).max(1_000), password }),
  answers: { 204: { description: 'The new password holds.' } },
  problems: ['refused', 'too-many-failures'],
  async handle({ body, caller, doer, now, change, parts }) {
    const of = signedIn(caller);
    const way = { by: 'source', source: sourceKey(doer.from) } as const;
    const check = await parts.credentials.checkKnown(of, way, body.currentPassword);
    if (!check.ok && check.refusal.cause === 'creator-or-password') throw refusedBy(check.refusal);
    passed(check);
    if (of.kind === 'person') {
      const passwordHash = await hashPersonPassword(parts.passwords, body.password);
      const set = await change('setPersonPassword', { personId: of.personId, passwordHash, doer, now });
      if (set.verdict !== 'set') throw new ProblemError('not-found');
    } else {
      const { propertyId, memberId } = of;
      const passwordHash = await hashPassword(parts.passwords, body.password);
      const set = await change('resetPassword', { propertyId, memberId, passwordHash, doer, now });
      if (set.verdict !== 'set') throw new ProblemError('not-found');
      parts.desks.tellSignedOut(set.signedOut);
    }
    return { status: 204 };
  },
});

export const joinMembership = endpoint({
  id: 'joinMembership',
  method: 'POST',
  path: '/v1/me/memberships',
  tag: 'people',
  summary: 'Join a membership by its invitation',
  description:
    'Or the ownership of the installation. It is joined by opening its invitation alone, whatever the phone or e-mail.',
  right: 'self.write',
  body: z.strictObject({ invitation: z.string().min(1).max(100) }),
  answers: { 200: { description: 'The person, who has joined.', body: personView } },
  problems: ['invitation-over', 'already-there', 'person-needed'],
  async handle({ body, caller, doer, now, change }) {
    const personId = personOf(caller);
    const result = await change('joinMembership', { token: body.invitation, personId, doer, now });
    if (result.verdict !== 'joined') throw new ProblemError(result.verdict);
    return { status: 200, body: viewOfPerson(result.person) };
  },
});

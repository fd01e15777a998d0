import { z } from 'zod';
import { RIGHT_NAMES, rightsOfRole } from '../../domain/rights.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../fields.ts';
import { role } from '../members/member-view.ts';
import { personView, viewOfPerson } from './person-view.ts';
import { signedIn } from './signed-in.ts';

const right = z
  .enum(RIGHT_NAMES)
  .meta({ id: 'Right', description: 'What somebody may do; docs/rights.md explains each.' });

const myselfView = z
  .object({
    session: id,
    kind: z.enum(['member', 'person']),
    person: personView
      .nullable()
      .meta({ description: 'Null where a membership was signed in to by its own password.' }),
    memberships: z.array(
      z.object({
        property: z.object({
          id,
          number: z.string(),
          name: z.string(),
          timeZone: z.string(),
          checkOutTime: z.string(),
        }),
        member: id,
        name: z.string(),
        role,
        rights: z.array(right).meta({
          description: 'What the role allows there. To work with cards, `issuingPermission` is needed besides.',
        }),
        issuingPermission: z.boolean(),
      }),
    ),
    ownerRights: z.array(right).nullable().meta({
      description: 'What an owner of the installation may do at every property, joined or not; null for others.',
    }),
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
      return property === undefined
        ? []
        : [{ property, member, name, role, rights: [...rightsOfRole(role)], issuingPermission }];
    });
    const person = caller.kind === 'person' ? viewOfPerson(caller.person) : null;
    const ownerRights = caller.kind === 'person' && caller.person.owner ? [...rightsOfRole('owner')] : null;
    return { status: 200, body: { session: caller.credential, kind, person, memberships, ownerRights } };
  },
});

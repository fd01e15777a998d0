import type { AgentId } from '@keyrack/protocol';
import { type Account, type Member, newAccount, newMember } from '../domain/people.ts';
import type { JoinedMember, Person } from '../domain/person.ts';
import { type Agent, type Encoder, newAgent, newEncoder } from '../domain/places.ts';
import { PUBLISHED } from './published.ts';

export const DEMO_EMAIL = 'frontdesk@keyrack.example';

/** Who can sign in on a page: of the published member, nobody knows the password itself. */
export const DEMO_PERSON = { email: 'reception@keyrack.example', password: 'keyrack-demo' } as const;

/** Who administers the demonstration and owns it: a link signs a newcomer in as them. */
export const DEMO_ADMINISTRATOR = { email: 'administrator@keyrack.example', password: 'keyrack-demo' } as const;

/** That person, with their place at the property. */
export function demoAdministrator(
  propertyId: string,
  hashes: { readonly person: string; readonly member: string },
  newId: () => string,
  now: number,
): { readonly person: Person; readonly member: Member; readonly joined: JoinedMember } {
  const { email } = DEMO_ADMINISTRATOR;
  const named = { name: 'Administrator', areaCode: null, mobile: null, email } as const;
  const person: Person = {
    ...named,
    id: newId(),
    passwordHash: hashes.person,
    owner: true,
    version: 1,
    createdAt: now,
  };
  const member = newMember({
    ...named,
    propertyId,
    id: newId(),
    role: 'administrator',
    passwordHash: hashes.member,
    issuingPermission: true,
  });
  return { person, member, joined: { propertyId, memberId: member.id, personId: person.id, at: now } };
}

export function demoAccount(sealedToken: string): Account {
  return newAccount({ sid: PUBLISHED.accountSid, name: 'Published examples', sealedToken });
}

/** The member of the published request, one with the same password who may not issue, and DEMO_PERSON. */
export function demoMembers(
  propertyId: string,
  hashes: { readonly published: string; readonly person: string },
  newId: () => string,
): Member[] {
  const common = {
    propertyId,
    role: 'receptionist',
    areaCode: '86',
    passwordHash: hashes.published,
  } as const;
  return [
    newMember({
      ...common,
      id: newId(),
      name: 'Front Desk',
      areaCode: PUBLISHED.areaCode,
      mobile: PUBLISHED.mobile,
      email: DEMO_EMAIL,
      issuingPermission: true,
    }),
    newMember({
      ...common,
      id: newId(),
      name: 'Night Porter',
      mobile: '10000000001',
      email: 'porter@keyrack.example',
      issuingPermission: false,
    }),
    newMember({
      ...common,
      id: newId(),
      name: 'Reception',
      mobile: '10000000002',
      email: DEMO_PERSON.email,
      passwordHash: hashes.person,
      issuingPermission: true,
    }),
  ];
}

export function demoAgent(propertyId: string, id: AgentId, tokenHash: string): Agent {
  return newAgent({ propertyId, id, name: 'Demo front desk', tokenHash });
}

/** The second one is for card types 2 and 3, whose requests name no encoder. */
export function demoEncoders(propertyId: string, agentId: AgentId): Encoder[] {
  return [
    newEncoder({
      propertyId,
      mac: PUBLISHED.encoder,
      id: PUBLISHED.secondEncoderId - 1,
      name: 'Left encoder',
      agentId,
      forSignedIn: false,
    }),
    newEncoder({
      propertyId,
      mac: PUBLISHED.secondEncoder,
      id: PUBLISHED.secondEncoderId,
      name: 'Right encoder',
      agentId,
      forSignedIn: true,
    }),
  ];
}

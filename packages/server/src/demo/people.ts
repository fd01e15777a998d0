import type { AgentId } from '@keyrack/protocol';
import { type Account, type Member, newAccount, newMember } from '../domain/people.ts';
import { type Agent, type Encoder, newAgent, newEncoder } from '../domain/places.ts';
import { PUBLISHED } from './published.ts';

export const DEMO_EMAIL = 'frontdesk@keyrack.example';

/** Who can sign in on a page: of the published member, nobody knows the password itself. */
export const DEMO_PERSON = { email: 'reception@keyrack.example', password: 'keyrack-demo' } as const;

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

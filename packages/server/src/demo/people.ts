import type { AgentId } from '@keyrack/protocol';
import type { Account, Member } from '../domain/people.ts';
import type { Agent, Encoder } from '../domain/places.ts';
import { PUBLISHED } from './published.ts';

export const DEMO_EMAIL = 'frontdesk@keyrack.example';

/** Who can sign in on a page: of the published member, nobody knows the password itself. */
export const DEMO_PERSON = { email: 'reception@keyrack.example', password: 'keyrack-demo' } as const;

export function demoAccount(sealedToken: string): Account {
  return { sid: PUBLISHED.accountSid, name: 'Published examples', sealedToken, state: 'active' };
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
    active: true,
    version: 1,
  } as const;
  return [
    {
      ...common,
      id: newId(),
      name: 'Front Desk',
      areaCode: PUBLISHED.areaCode,
      mobile: PUBLISHED.mobile,
      email: DEMO_EMAIL,
      issuingPermission: true,
    },
    {
      ...common,
      id: newId(),
      name: 'Night Porter',
      mobile: '10000000001',
      email: 'porter@keyrack.example',
      issuingPermission: false,
    },
    {
      ...common,
      id: newId(),
      name: 'Reception',
      mobile: '10000000002',
      email: DEMO_PERSON.email,
      passwordHash: hashes.person,
      issuingPermission: true,
    },
  ];
}

export function demoAgent(propertyId: string, id: AgentId, tokenHash: string): Agent {
  return {
    propertyId,
    id,
    name: 'Demo front desk',
    tokenHash,
    publicKey: null,
    state: 'active',
    session: 0,
    instance: null,
    journal: null,
    cursor: null,
    attention: null,
  };
}

/** The second one is for card types 2 and 3, whose requests name no encoder. */
export function demoEncoders(propertyId: string, agentId: AgentId): Encoder[] {
  return [
    {
      propertyId,
      mac: PUBLISHED.encoder,
      id: PUBLISHED.secondEncoderId - 1,
      name: 'Left encoder',
      agentId,
      forSignedIn: false,
      unlifted: [],
      ownership: 'settled',
      used: false,
    },
    {
      propertyId,
      mac: PUBLISHED.secondEncoder,
      id: PUBLISHED.secondEncoderId,
      name: 'Right encoder',
      agentId,
      forSignedIn: true,
      unlifted: [],
      ownership: 'settled',
      used: false,
    },
  ];
}

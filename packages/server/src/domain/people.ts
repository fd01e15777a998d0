import { type Role, rightsOfRole } from './rights.ts';

/** Credentials of an integrating software vendor. */
export interface Account {
  /** 32 letters and digits. */
  readonly sid: string;
  readonly name: string;
  /** The secret that it signs with, sealed. */
  readonly sealedToken: string;
  readonly state: 'active' | 'suspended';
  /** Addresses and ranges (`10.0.0.0/8`) that it may ask from; empty for any. */
  readonly addressRanges: readonly string[];
  /** Whether it may use the room-card API at all. */
  readonly roomCardApi: boolean;
  /** Whether it may sign by form A, which has no separator and no time stamp. */
  readonly signatureA: boolean;
  /** The token before, sealed; it signs too until `previousUntil`. Null where there is none. */
  readonly previousToken: string | null;
  readonly previousUntil: number | null;
}

/** An account without its secrets. */
export type AccountFacts = Omit<Account, 'sealedToken' | 'previousToken' | 'previousUntil'>;

export function factsOfAccount({ sid, name, state, addressRanges, roomCardApi, signatureA }: Account): AccountFacts {
  return { sid, name, state, addressRanges, roomCardApi, signatureA };
}

/** That an account may act for a property. */
export interface AccountProperty {
  readonly propertyId: string;
  readonly accountSid: string;
}

/** What a member does at the property; `domain/rights.ts` says what they may. */
export const MEMBER_ROLES = ['administrator', 'receptionist', 'auditor'] as const satisfies readonly Role[];
export type MemberRole = (typeof MEMBER_ROLES)[number];

export interface Member {
  readonly propertyId: string;
  readonly id: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly areaCode: string | null;
  readonly mobile: string | null;
  /** As `foldEmail` gives it. */
  readonly email: string | null;
  /** argon2id, in its own encoded form, over the md5 hex that clients send. */
  readonly passwordHash: string;
  readonly issuingPermission: boolean;
  readonly active: boolean;
  /** Counts every change, so that a remembered check of the password ends with it. */
  readonly version: number;
}

/** A member as they are taken on: active, and with no change yet. A phone or e-mail that isn't given is unknown. */
export function newMember(
  given: Omit<Member, 'areaCode' | 'mobile' | 'email' | 'active' | 'version'> & Partial<Member>,
): Member {
  return { areaCode: null, mobile: null, email: null, active: true, version: 1, ...given };
}

/** A member without their secrets. */
export type MemberFacts = Omit<Member, 'propertyId' | 'passwordHash' | 'version'>;

export function factsOfMember(member: Member): MemberFacts {
  const { id, name, role, areaCode, mobile, email, issuingPermission, active } = member;
  return { id, name, role, areaCode, mobile, email, issuingPermission, active };
}

/** Whether a role works with cards at all. Without it the issuing permission allows nothing. */
export function worksWithCards(role: MemberRole): boolean {
  return rightsOfRole(role).has('operations.write');
}

/** When a member was last seen. Nothing is decided by it. */
export interface MemberVisit {
  readonly propertyId: string;
  readonly memberId: string;
  readonly lastActiveAt: number;
}

/** An account that may ask from now on. */
export function newAccount(given: Pick<Account, 'sid' | 'name' | 'sealedToken'> & Partial<Account>): Account {
  const usual = { state: 'active', addressRanges: [], roomCardApi: true, signatureA: true } as const;
  return { ...usual, previousToken: null, previousUntil: null, ...given };
}

/** How a request names the member who answers for it. With both given, the mobile wins. */
export type Creator =
  | { readonly by: 'mobile'; readonly areaCode: string; readonly mobile: string }
  | { readonly by: 'email'; readonly email: string };

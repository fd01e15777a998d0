/** Credentials of an integrating software vendor. */
export interface Account {
  /** 32 letters and digits. */
  readonly sid: string;
  readonly name: string;
  /** The secret that it signs with, sealed. */
  readonly sealedToken: string;
  readonly state: 'active' | 'suspended';
}

/** That an account may act for a property. */
export interface AccountProperty {
  readonly propertyId: string;
  readonly accountSid: string;
}

export interface Member {
  readonly propertyId: string;
  readonly id: string;
  readonly name: string;
  readonly role: 'administrator' | 'receptionist';
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

/** An account that may ask from now on. */
export function newAccount(given: Omit<Account, 'state'>): Account {
  return { ...given, state: 'active' };
}

/** How a request names the member who answers for it. With both given, the mobile wins. */
export type Creator =
  | { readonly by: 'mobile'; readonly areaCode: string; readonly mobile: string }
  | { readonly by: 'email'; readonly email: string };

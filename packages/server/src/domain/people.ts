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

/** How a request names the member who answers for it. With both given, the mobile wins. */
export type Creator =
  | { readonly by: 'mobile'; readonly areaCode: string; readonly mobile: string }
  | { readonly by: 'email'; readonly email: string };

/** Somebody who works at one or more properties. Their password is set by nobody but themselves. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Phone and e-mail are to show, and to sign in by. What they agree with elsewhere means nothing. */
  readonly areaCode: string | null;
  readonly mobile: string | null;
  /** As `foldEmail` gives it. */
  readonly email: string | null;
  /** argon2id, in its own encoded form, over the SHA-256 hex of the password. */
  readonly passwordHash: string;
  /** Whether they own the installation. */
  readonly owner: boolean;
  /** Counts every change, so that a remembered check of the password ends with it. */
  readonly version: number;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** That a person has taken on a member's place at a property. */
export interface JoinedMember {
  readonly propertyId: string;
  readonly memberId: string;
  readonly personId: string;
  readonly at: number;
}

/** A person without their secrets. */
export type PersonFacts = Omit<Person, 'passwordHash' | 'version'>;

export function factsOfPerson({ id, name, areaCode, mobile, email, owner, createdAt }: Person): PersonFacts {
  return { id, name, areaCode, mobile, email, owner, createdAt };
}

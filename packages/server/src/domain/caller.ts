import type { ApiKey } from './api-key.ts';
import { type Right, rightsOfRole, rightsOfScopes } from './rights.ts';

/** Whoever makes a request of /v1, as their credential shows it. */
export interface Caller {
  readonly kind: 'owner' | 'key';
  /** Id of the credential: limits, repeats and records go by it. */
  readonly credential: string;
  readonly rights: ReadonlySet<Right>;
  /** Ids of the properties that it reaches; null for all of them. */
  readonly properties: readonly string[] | null;
  /** When the credential ends by itself, in Unix milliseconds; null for never. Keys that it makes end no later. */
  readonly endsAt: number | null;
}

export function callerOfKey({ id, ownerKey, scopes, properties, expiresAt: endsAt }: ApiKey): Caller {
  return ownerKey
    ? { kind: 'owner', credential: id, rights: rightsOfRole('owner'), properties: null, endsAt }
    : { kind: 'key', credential: id, rights: rightsOfScopes(scopes), properties, endsAt };
}

export function reaches({ properties }: Caller, propertyId: string): boolean {
  return properties === null || properties.includes(propertyId);
}

/** Who did something, for its audit record: plain data, as part of a transaction's input. */
export interface Doer {
  /** `owner` or `key ID`. */
  readonly actor: string;
  /** Id of the credential. */
  readonly by: string;
  /** The address that the request came from. */
  readonly from: string;
}

export function doerOf({ kind, credential }: Caller, from: string): Doer {
  return { actor: kind === 'owner' ? 'owner' : `key ${credential}`, by: credential, from };
}

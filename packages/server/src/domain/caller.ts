import type { ApiKey } from './api-key.ts';
import type { Member } from './people.ts';
import type { PersonFacts } from './person.ts';
import { OF_ONESELF, type Right, rightsOfRole, rightsOfScopes } from './rights.ts';

/** Whoever makes a request of /v1, as their credential shows it. */
export type Caller = Reach &
  (
    | { readonly kind: 'owner' | 'key' }
    /** Signed in with a membership's own password: that membership and no other. */
    | { readonly kind: 'member'; readonly member: Member }
    /** Signed in as themselves. `member`: their place at the property that the request is for; null for none. */
    | {
        readonly kind: 'person';
        readonly person: PersonFacts;
        /** The active ones that they have joined. */
        readonly memberships: readonly Member[];
        readonly member: Member | null;
      }
    /** Who shows no credential: at the endpoints that are open to everybody. */
    | { readonly kind: 'nobody' }
  );

interface Reach {
  /** Id of the credential: limits, repeats and records go by it. */
  readonly credential: string;
  readonly rights: ReadonlySet<Right>;
  /** Ids of the properties that it reaches; null for all of them. */
  readonly properties: readonly string[] | null;
  /**
   * When the credential ends by itself, in Unix milliseconds; null for never. Keys that it makes end no later. A session ends, and
   * what somebody may do by it doesn't.
   */
  readonly endsAt: number | null;
}

export function callerOfKey({ id, ownerKey, scopes, properties, expiresAt: endsAt }: ApiKey): Caller {
  return ownerKey
    ? { kind: 'owner', credential: id, rights: rightsOfRole('owner'), properties: null, endsAt }
    : { kind: 'key', credential: id, rights: rightsOfScopes(scopes), properties, endsAt };
}

export function callerOfMember(credential: string, member: Member): Caller {
  const rights = withOwn(rightsOfRole(member.role));
  return { kind: 'member', credential, rights, properties: [member.propertyId], endsAt: null, member };
}

/** A person before it is known what their request is for: see `callerFor`. */
export function callerOfPerson(credential: string, person: PersonFacts, memberships: readonly Member[]): Caller {
  const rights = person.owner ? rightsOfRole('owner') : union(memberships.map(({ role }) => rightsOfRole(role)));
  const properties = person.owner ? null : memberships.map(({ propertyId }) => propertyId);
  const reach = { credential, rights: withOwn(rights), properties, endsAt: null };
  return { kind: 'person', ...reach, person, memberships, member: null };
}

export function callerOfNobody(source: string): Caller {
  return { kind: 'nobody', credential: `source ${source}`, rights: new Set(), properties: [], endsAt: null };
}

/**
 * The caller as far as this request goes. A person has the rights of their role at the property that it is for. Where it is for
 * none, they reach the properties at which they have the right, with what they may do at each of them.
 */
export function callerFor(caller: Caller, right: Right, propertyId: string | null): Caller {
  if (caller.kind !== 'person') return caller;
  const { memberships, person } = caller;
  const member = memberships.find((each) => each.propertyId === propertyId) ?? null;
  if (person.owner) return { ...caller, member };
  if (propertyId !== null) {
    if (member === null) return { ...caller, rights: withOwn(new Set()), properties: [] };
    return { ...caller, rights: withOwn(rightsOfRole(member.role)), properties: [propertyId], member };
  }
  // Lists of what they reach are empty then, and not hidden.
  if (memberships.length === 0 && LISTED_ACROSS.includes(right))
    return { ...caller, rights: withOwn(new Set([right])), properties: [] };
  const having = memberships.filter(({ role }) => rightsOfRole(role).has(right));
  if (having.length === 0) return caller;
  const rights = having.map(({ role }) => rightsOfRole(role)).reduce((some, others) => some.intersection(others));
  return { ...caller, rights: withOwn(rights), properties: having.map((each) => each.propertyId) };
}

/** Rights by which endpoints list across properties. */
const LISTED_ACROSS: readonly Right[] = ['properties.read', 'events.read'];

export function reaches({ properties }: Pick<Caller, 'properties'>, propertyId: string): boolean {
  return properties === null || properties.includes(propertyId);
}

/** Who did something, for its audit record: plain data, as part of a transaction's input. */
export interface Doer {
  /** `owner`, `key ID`, `member ID` or `person ID`. */
  readonly actor: string;
  /** Id of the credential. */
  readonly by: string;
  /** The address that the request came from. */
  readonly from: string;
}

export function doerOf(caller: Caller, from: string): Doer {
  return { actor: actorOf(caller), by: caller.credential, from };
}

function actorOf(caller: Caller): string {
  switch (caller.kind) {
    case 'owner':
    case 'nobody':
      return caller.kind;
    case 'key':
      return `key ${caller.credential}`;
    case 'member':
      return `member ${caller.member.id}`;
    case 'person':
      return caller.member === null ? `person ${caller.person.id}` : `member ${caller.member.id}`;
  }
}

function withOwn(rights: ReadonlySet<Right>): ReadonlySet<Right> {
  return rights.union(new Set(OF_ONESELF));
}

function union(sets: readonly ReadonlySet<Right>[]): ReadonlySet<Right> {
  return sets.reduce((some, others) => some.union(others), new Set<Right>());
}

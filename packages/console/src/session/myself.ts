import type { Answer, components } from '@keyrack/sdk';
import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { isSignedOut } from '../api/queries.ts';

type Told = Answer<'getMyself'>;
type Membership = Told['memberships'][number];

export type Right = components['schemas']['Right'];

/** Where somebody has a place, or as an owner of the installation reaches. All times are told in its property's zone. */
export interface Place extends Pick<Membership, 'property' | 'name' | 'issuingPermission'> {
  /** Null for an owner who is no member there: they work with no cards. */
  readonly member: string | null;
  readonly role: Membership['role'] | 'owner';
  readonly rights: ReadonlySet<Right>;
}

/** Who is signed in by this browser's cookie. */
export interface Myself extends Pick<Told, 'session' | 'person'> {
  readonly name: string;
  readonly places: readonly Place[];
}

/** Who is signed in, with all properties that they reach. Fails with the problem `unauthorized` where nobody is. */
export const myself = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  // The cookie may have been another page's, which the first answer has removed.
  retry: (failures, error) => failures === 0 && isSignedOut(error),
  retryDelay: 0,
  async queryFn(): Promise<Myself> {
    const { session, person, memberships, ownerRights } = await keyrack.me.getMyself();
    const places: Place[] = memberships.map((each) => ({
      ...each,
      rights: new Set([...each.rights, ...(ownerRights ?? [])]),
    }));
    if (ownerRights !== null && person !== null) {
      const joined = new Set(places.map(({ property }) => property.id));
      const rights = new Set(ownerRights);
      for await (const property of keyrack.properties.list({ limit: 200 }))
        if (!joined.has(property.id))
          places.push({ property, member: null, name: person.name, role: 'owner', issuingPermission: false, rights });
    }
    return { session, person, name: person?.name ?? places[0]?.name ?? '', places };
  },
});

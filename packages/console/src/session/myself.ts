import { queryOptions } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';

/** Where somebody has a place, or as an owner of the installation reaches. */
export interface Place {
  readonly property: {
    readonly id: string;
    readonly number: string;
    readonly name: string;
    /** IANA name. All times of the console are told in it. */
    readonly timeZone: string;
    /** `HH:MM`, in that zone. */
    readonly checkOutTime: string;
  };
  /** Null for an owner who is no member there: they work with no cards. */
  readonly member: string | null;
  readonly name: string;
  readonly role: 'owner' | 'administrator' | 'receptionist' | 'auditor';
  readonly issuingPermission: boolean;
  readonly rights: ReadonlySet<string>;
}

/** Who is signed in by this browser's cookie. */
export interface Myself {
  readonly session: string;
  readonly kind: 'member' | 'person';
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly mobile: string | null;
    readonly areaCode: string | null;
    readonly owner: boolean;
  } | null;
  readonly name: string;
  readonly places: readonly Place[];
}

/** What /v1 answers of who is signed in. */
interface Answered {
  readonly session: string;
  readonly kind: 'member' | 'person';
  readonly person: Myself['person'];
  readonly memberships: readonly {
    readonly property: Place['property'];
    readonly member: string;
    readonly name: string;
    readonly role: Exclude<Place['role'], 'owner'>;
    readonly issuingPermission: boolean;
    readonly rights: readonly string[];
  }[];
  readonly ownerRights: readonly string[] | null;
}

/** Who is signed in, with all properties that they reach. Fails with the problem `unauthorized` where nobody is. */
export const myself = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  async queryFn(): Promise<Myself> {
    const answered = (await keyrack.me.getMyself()) as unknown as Answered;
    const places: Place[] = answered.memberships.map((each) => ({ ...each, rights: new Set(each.rights) }));
    const { ownerRights, person } = answered;
    if (ownerRights !== null && person !== null) {
      const rights = new Set(ownerRights);
      for (const place of places) for (const right of rights) (place.rights as Set<string>).add(right);
      for await (const property of keyrack.properties.list({ limit: 200 })) {
        if (places.some((place) => place.property.id === property.id)) continue;
        places.push({ property, member: null, name: person.name, role: 'owner', issuingPermission: false, rights });
      }
    }
    const name = person?.name ?? places[0]?.name ?? '';
    return { session: answered.session, kind: answered.kind, person, name, places };
  },
});

import { foldEmail } from '../domain/fold-email.ts';
import type { Creator, Member } from '../domain/people.ts';
import { factsOfPerson, type Person, type PersonFacts } from '../domain/person.ts';
import type { Property } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

/** Memberships of one person that are looked at. */
export const MOST_MEMBERSHIPS = 200;

export function findPerson(tx: ReadTx, { name }: { readonly name: Creator }): Person | null {
  const [found] =
    name.by === 'mobile'
      ? tx.find('persons', 'byMobile', [name.areaCode, name.mobile], { limit: 1 })
      : tx.find('persons', 'byEmail', [foldEmail(name.email)], { limit: 1 });
  return found ?? null;
}

/** Somebody whose password is checked again, with all that is kept of them. */
export function getPerson(tx: ReadTx, { id }: { readonly id: string }): Person | null {
  return tx.get('persons', id) ?? null;
}

export function getMemberRow(
  tx: ReadTx,
  { propertyId, memberId }: { readonly propertyId: string; readonly memberId: string },
): Member | null {
  return tx.get('members', propertyId, memberId) ?? null;
}

/** The active memberships that a person has joined. */
export function membershipsOf(tx: ReadTx, personId: string): Member[] {
  return tx
    .find('joinedMembers', 'byPerson', [personId], { limit: MOST_MEMBERSHIPS })
    .flatMap(({ propertyId, memberId }) => tx.get('members', propertyId, memberId) ?? [])
    .filter(({ active }) => active);
}

export function personsPage(
  tx: ReadTx,
  { after, limit }: { readonly after: { readonly id: string } | null; readonly limit: number },
): PersonFacts[] {
  return tx.find('persons', 'key', [], { ...(after && { after }), reverse: true, limit }).map(factsOfPerson);
}

/** The properties of these memberships, to be shown. */
export function propertiesOfMemberships(
  tx: ReadTx,
  { ids }: { readonly ids: readonly string[] },
): Pick<Property, 'id' | 'number' | 'name' | 'timeZone' | 'checkOutTime'>[] {
  return ids
    .slice(0, MOST_MEMBERSHIPS)
    .flatMap((id) => tx.get('properties', id) ?? [])
    .map(({ id, number, name, timeZone, checkOutTime }) => ({ id, number, name, timeZone, checkOutTime }));
}

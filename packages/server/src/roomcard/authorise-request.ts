import type { Refusal } from '../domain/authorise.ts';
import type { Creator, Member } from '../domain/people.ts';
import type { Property } from '../domain/places.ts';
import type { CardRequests, VerifiedAccount } from '../requests/answers.ts';

interface AsksForProperty {
  readonly communityNo: string;
}

interface AsksAsMember extends AsksForProperty {
  readonly creator: Creator;
  readonly creatorPassword: string;
}

type Authorised<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly refusal: Refusal };

/** The property that this account asks for, if it may act for it now. */
export async function authoriseAccount(
  cardRequests: CardRequests,
  account: VerifiedAccount,
  { communityNo }: AsksForProperty,
): Promise<Authorised<{ readonly property: Property }>> {
  const cause = account.suspended ? 'account-suspended' : account.refused;
  if (cause !== null) return { ok: false, refusal: { cause } };
  const property = await cardRequests.findProperty(account.sid, communityNo);
  return property === undefined ? { ok: false, refusal: { cause: 'property-not-allowed' } } : { ok: true, property };
}

/** The property, and the member of it who answers for the request. */
export async function authoriseMember(
  cardRequests: CardRequests,
  account: VerifiedAccount,
  fields: AsksAsMember,
): Promise<Authorised<{ readonly property: Property; readonly member: Member }>> {
  const authorised = await authoriseAccount(cardRequests, account, fields);
  if (!authorised.ok) return authorised;
  const { property } = authorised;
  const check = await cardRequests.checkMember(property.id, account.sid, fields.creator, fields.creatorPassword);
  return check.ok ? { ok: true, property, member: check.member } : check;
}

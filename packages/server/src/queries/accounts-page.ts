import { type Account, type AccountFacts, factsOfAccount } from '../domain/people.ts';
import type { ReadTx } from '../store/store.ts';

/** An account, and where it may act. */
export interface KnownAccountFacts {
  readonly facts: AccountFacts;
  /** Ids, the first MOST_TOLD of them. */
  readonly properties: readonly string[];
  /** Until when the token before signs too; null where it doesn't. */
  readonly previousUntil: number | null;
}

/** Properties that are told of one account. */
export const MOST_TOLD = 1_000;

/** Accounts that are looked at for one page: many may belong to others. */
const LOOKED_AT = 200;

/** Accounts that act for none but these properties; all of them for null. By sid. A page may be short. */
export function accountsPage(
  tx: ReadTx,
  {
    among,
    after,
    limit,
  }: {
    readonly among: readonly string[] | null;
    readonly after: { readonly sid: string } | null;
    readonly limit: number;
  },
): { readonly accounts: KnownAccountFacts[]; readonly next: { readonly sid: string } | null } {
  const looked = tx.find('accounts', 'key', [], { ...(after && { after }), limit: LOOKED_AT });
  const shown = looked.map((account) => knownAccount(tx, account)).filter((account) => isAmong(account, among));
  const page = shown.slice(0, limit);
  const last = shown.length > limit ? page.at(-1)?.facts : looked.length === LOOKED_AT ? looked.at(-1) : undefined;
  return { accounts: page, next: last === undefined ? null : { sid: last.sid } };
}

/** The account, if it acts for none but these properties. */
export function getAccount(
  tx: ReadTx,
  { sid, among }: { readonly sid: string; readonly among: readonly string[] | null },
): KnownAccountFacts | null {
  const account = tx.get('accounts', sid);
  if (account === undefined) return null;
  const known = knownAccount(tx, account);
  return isAmong(known, among) ? known : null;
}

/** The accounts that may act for a property, by sid. */
export function propertyAccountsPage(
  tx: ReadTx,
  {
    propertyId,
    after,
    limit,
  }: { readonly propertyId: string; readonly after: { readonly sid: string } | null; readonly limit: number },
): Pick<Account, 'sid' | 'name' | 'state'>[] {
  const from = after === null ? {} : { after: { propertyId, accountSid: after.sid } };
  return tx
    .find('accountProperties', 'key', [propertyId], { ...from, limit })
    .flatMap(({ accountSid }) => tx.get('accounts', accountSid) ?? [])
    .map(({ sid, name, state }) => ({ sid, name, state }));
}

export function knownAccount(tx: ReadTx, account: Account): KnownAccountFacts {
  const properties = tx.find('accountProperties', 'byAccount', [account.sid], { limit: MOST_TOLD });
  return {
    facts: factsOfAccount(account),
    properties: properties.map(({ propertyId }) => propertyId),
    previousUntil: account.previousUntil,
  };
}

/** One that acts nowhere belongs to the installation alone. */
function isAmong({ properties }: KnownAccountFacts, among: readonly string[] | null): boolean {
  if (among === null) return true;
  return properties.length > 0 && properties.length < MOST_TOLD && properties.every((id) => among.includes(id));
}

import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import { isKnown, type KnownTags } from '../../domain/entity-tag.ts';
import { type Account, type AccountFacts, factsOfAccount, newAccount } from '../../domain/people.ts';
import { getAccount, type KnownAccountFacts, knownAccount } from '../../queries/accounts-page.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

interface Change {
  readonly sid: string;
  readonly doer: Doer;
  readonly now: number;
}

/** Properties in whose logs a change of one account is recorded; beyond them it is in the installation's. */
const MOST_LOGS = 100;

type AccountAction = 'account-created' | 'account-changed' | 'account-token-rotated';

function record(tx: Tx, { sid, doer, now }: Change, action: AccountAction, facts: Readonly<Record<string, unknown>>) {
  const properties = tx
    .find('accountProperties', 'byAccount', [sid], { limit: MOST_LOGS + 1 })
    .map(({ propertyId }) => propertyId);
  const logs = properties.length === 0 || properties.length > MOST_LOGS ? [INSTALLATION] : properties;
  for (const propertyId of logs)
    auditOf(tx, doer, { propertyId, at: now, action, details: { account: sid, ...facts } });
}

export interface CreateAccount extends Change, Pick<Account, 'name' | 'sealedToken' | 'addressRanges'> {
  readonly properties: readonly string[];
}

export type CreatedAccount =
  | { readonly verdict: 'created'; readonly account: KnownAccountFacts }
  /** There is no property with this id. */
  | { readonly verdict: 'property-unknown'; readonly propertyId: string }
  /** Another account has this sid. */
  | { readonly verdict: 'sid-taken' };

/** Adds a developer account that may act for these properties. */
export function createAccount(tx: Tx, { properties, doer, now, ...given }: CreateAccount): CreatedAccount {
  const unknown = properties.find((id) => tx.get('properties', id) === undefined);
  if (unknown !== undefined) return { verdict: 'property-unknown', propertyId: unknown };
  if (tx.get('accounts', given.sid) !== undefined) return { verdict: 'sid-taken' };
  const account = newAccount(given);
  const { sid, name, addressRanges } = account;
  tx.put('accounts', account);
  for (const propertyId of properties) tx.put('accountProperties', { propertyId, accountSid: sid });
  record(tx, { sid, doer, now }, 'account-created', { name, addressRanges });
  return { verdict: 'created', account: knownAccount(tx, account) };
}

/** The properties that the caller reaches, null for all: an account may have been allowed elsewhere since it was looked at. */
interface Reaching {
  readonly among: readonly string[] | null;
}

export interface ChangeAccount extends Change, Reaching {
  readonly changes: { readonly [K in keyof Omit<AccountFacts, 'sid'>]?: AccountFacts[K] | undefined };
  readonly knownTags: KnownTags;
}

export type ChangedAccount =
  | { readonly verdict: 'changed'; readonly account: KnownAccountFacts }
  | { readonly verdict: 'not-found' | 'changed-meanwhile' };

/** Changes what is given of an account. It holds from the next step of every operation that it asked for. */
export function changeAccount(tx: Tx, { changes, knownTags, among, ...change }: ChangeAccount): ChangedAccount {
  const account = tx.get('accounts', change.sid);
  if (account === undefined || getAccount(tx, { sid: change.sid, among }) === null) return { verdict: 'not-found' };
  if (!isKnown(knownTags, { ...factsOfAccount(account) })) return { verdict: 'changed-meanwhile' };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const changed: Account = { ...account, ...given };
  tx.put('accounts', changed);
  record(tx, change, 'account-changed', given);
  return { verdict: 'changed', account: knownAccount(tx, changed) };
}

export type RotatedToken =
  | { readonly verdict: 'rotated'; readonly previousUntil: number | null }
  | { readonly verdict: 'not-found' };

/** Gives an account another token. The one before signs too until then; not at all for null. */
export function rotateAccountToken(
  tx: Tx,
  {
    sealedToken,
    previousUntil,
    among,
    ...change
  }: Change & Reaching & Pick<Account, 'sealedToken'> & { readonly previousUntil: number | null },
): RotatedToken {
  const account = tx.get('accounts', change.sid);
  if (account === undefined || getAccount(tx, { sid: change.sid, among }) === null) return { verdict: 'not-found' };
  const previousToken = previousUntil === null ? null : account.sealedToken;
  tx.put('accounts', { ...account, sealedToken, previousToken, previousUntil });
  record(tx, change, 'account-token-rotated', { previousUntil });
  return { verdict: 'rotated', previousUntil };
}

/** Lets an account act for a property, or no longer. */
export function allowAccount(
  tx: Tx,
  { propertyId, sid, allowed, doer, now }: Change & { readonly propertyId: string; readonly allowed: boolean },
): { readonly verdict: 'done' | 'not-found' } {
  if (tx.get('accounts', sid) === undefined) return { verdict: 'not-found' };
  const isAllowed = tx.get('accountProperties', propertyId, sid) !== undefined;
  if (isAllowed === allowed) return { verdict: 'done' };
  if (allowed) tx.put('accountProperties', { propertyId, accountSid: sid });
  else tx.remove('accountProperties', propertyId, sid);
  const action = allowed ? 'account-allowed' : 'account-forbidden';
  auditOf(tx, doer, { propertyId, at: now, action, details: { account: sid } });
  return { verdict: 'done' };
}

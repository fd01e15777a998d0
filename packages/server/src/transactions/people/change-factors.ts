import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import { asksForFactor, type Factors } from '../../domain/second-factor.ts';
import { membershipsOf } from '../../queries/persons.ts';
import { factorsOf } from '../../queries/second-factors.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { endSignInsWithoutFactor } from './keep-factors.ts';
import { endSessionsOf } from './session.ts';

export interface Change {
  readonly personId: string;
  readonly doer: Doer;
  readonly now: number;
}

/** Keeps the secret of an app that isn't confirmed yet. A newer one takes the place of one that never was. */
export function beginAuthenticator(
  tx: Tx,
  { sealedSecret, ...change }: Change & { readonly sealedSecret: string },
): { readonly verdict: 'begun' | 'authenticator-there' } {
  const { personId, now } = change;
  if (tx.get('authenticators', personId)?.state === 'confirmed') return { verdict: 'authenticator-there' };
  tx.put('authenticators', { personId, sealedSecret, state: 'begun', lastStep: 0, createdAt: now, lastUsedAt: null });
  noteFactor(tx, 'factor-begun', change, { factor: 'authenticator' });
  return { verdict: 'begun' };
}

export type ConfirmedAuthenticator =
  | { readonly verdict: 'confirmed'; readonly factors: Factors }
  | { readonly verdict: 'authenticator-not-begun' };

/** Takes an app into use by its first right code, which opens nothing any more. */
export function confirmAuthenticator(
  tx: Tx,
  { personId, sealedSecret, step, doer, now }: Change & { readonly sealedSecret: string; readonly step: number },
): ConfirmedAuthenticator {
  const before = factorsOf(tx, { personId });
  const { authenticator } = before;
  if (authenticator?.state !== 'begun' || authenticator.sealedSecret !== sealedSecret)
    return { verdict: 'authenticator-not-begun' };
  tx.put('authenticators', { ...authenticator, state: 'confirmed', lastStep: step, lastUsedAt: now });
  endSignInsWithoutFactor(tx, personId, before, doer.by);
  noteFactor(tx, 'factor-added', { personId, doer, now }, { factor: 'authenticator' });
  return { verdict: 'confirmed', factors: factorsOf(tx, { personId }) };
}

export function removeAuthenticator(tx: Tx, change: Change): 'removed' | 'not-found' {
  const { personId } = change;
  if (tx.get('authenticators', personId) === undefined) return 'not-found';
  tx.remove('authenticators', personId);
  removeCodesWithoutFactor(tx, personId);
  noteFactor(tx, 'factor-removed', change, { factor: 'authenticator' });
  return 'removed';
}

/** Makes a person's recovery codes, instead of those before. They stand in for a factor, so there must be one. */
export function setRecoveryCodes(
  tx: Tx,
  { hashes, ...change }: Change & { readonly hashes: readonly string[] },
): { readonly verdict: 'set'; readonly createdAt: number } | { readonly verdict: 'factor-needed' } {
  const { personId, now } = change;
  if (!asksForFactor(factorsOf(tx, { personId }))) return { verdict: 'factor-needed' };
  tx.put('recoveryCodes', { personId, hashes, createdAt: now });
  noteFactor(tx, 'recovery-codes-created', change, {});
  return { verdict: 'set', createdAt: now };
}

/** Removes all factors of a person who has lost them. Their sign-ins end, and those to memberships that they have joined. */
export function removeFactors(tx: Tx, change: Change): 'removed' | 'not-found' {
  const { personId } = change;
  if (tx.get('persons', personId) === undefined) return 'not-found';
  tx.remove('authenticators', personId);
  tx.remove('recoveryCodes', personId);
  for (const { id } of factorsOf(tx, { personId }).passkeys) tx.remove('passkeys', id);
  endSessionsOf(tx, { kind: 'person', personId });
  for (const { propertyId, id: memberId } of membershipsOf(tx, personId))
    endSessionsOf(tx, { kind: 'member', propertyId, memberId });
  noteFactor(tx, 'factors-removed', change, {});
  return 'removed';
}

/** Recovery codes end with the last factor that they stand in for. */
export function removeCodesWithoutFactor(tx: Tx, personId: string): void {
  if (!asksForFactor(factorsOf(tx, { personId }))) tx.remove('recoveryCodes', personId);
}

export function noteFactor(
  tx: Tx,
  action:
    | 'factor-begun'
    | 'factor-added'
    | 'factor-changed'
    | 'factor-removed'
    | 'recovery-codes-created'
    | 'factors-removed',
  { personId, doer, now }: Change,
  details: Readonly<Record<string, string>>,
): void {
  auditOf(tx, doer, { propertyId: INSTALLATION, at: now, action, details: { person: personId, ...details } });
}

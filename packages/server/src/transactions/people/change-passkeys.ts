import { INSTALLATION } from '../../domain/audit.ts';
import { PASSKEYS, SESSIONS } from '../../domain/limits.ts';
import { type Passkey, useFactor } from '../../domain/second-factor.ts';
import type { Session } from '../../domain/session.ts';
import { factorsOf, findPasskey } from '../../queries/second-factors.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { type Change, noteFactor, removeCodesWithoutFactor } from './change-factors.ts';
import { endSignInsWithoutFactor, keepFactors } from './keep-factors.ts';
import { keepSession, signerIn } from './session.ts';

export interface CreatePasskey extends Change {
  /** Null where what the browser sent is no key made here. */
  readonly passkey: Pick<
    Passkey,
    'id' | 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'host' | 'name'
  > | null;
}

export type CreatedPasskey =
  | { readonly verdict: 'created'; readonly passkey: Passkey }
  | { readonly verdict: 'too-many-passkeys' | 'passkey-refused' };

export function createPasskey(tx: Tx, { passkey: given, ...change }: CreatePasskey): CreatedPasskey {
  const { personId, now } = change;
  if (given === null) return { verdict: 'passkey-refused' };
  const before = factorsOf(tx, { personId });
  if (before.passkeys.length >= PASSKEYS.ofEach) return { verdict: 'too-many-passkeys' };
  // One that is known already is no further one, whoever's it is.
  if (findPasskey(tx, given) !== null) return { verdict: 'passkey-refused' };
  const passkey: Passkey = { ...given, personId, createdAt: now, lastUsedAt: null };
  tx.put('passkeys', passkey);
  endSignInsWithoutFactor(tx, personId, before, change.doer.by);
  noteFactor(tx, 'factor-added', change, { factor: 'passkey', passkey: passkey.id });
  return { verdict: 'created', passkey };
}

interface OfPasskey extends Change {
  readonly id: string;
}

export function renamePasskey(
  tx: Tx,
  { id, name, ...change }: OfPasskey & { readonly name: string },
): { readonly verdict: 'changed'; readonly passkey: Passkey } | { readonly verdict: 'not-found' } {
  const before = tx.get('passkeys', id);
  if (before?.personId !== change.personId) return { verdict: 'not-found' };
  const passkey = { ...before, name };
  tx.put('passkeys', passkey);
  noteFactor(tx, 'factor-changed', change, { factor: 'passkey', passkey: id });
  return { verdict: 'changed', passkey };
}

export function removePasskey(tx: Tx, { id, ...change }: OfPasskey): 'removed' | 'not-found' {
  if (tx.get('passkeys', id)?.personId !== change.personId) return 'not-found';
  tx.remove('passkeys', id);
  removeCodesWithoutFactor(tx, change.personId);
  noteFactor(tx, 'factor-removed', change, { factor: 'passkey', passkey: id });
  return 'removed';
}

export interface OpenByPasskey extends Pick<Session, 'id' | 'lookup' | 'secretHash' | 'from' | 'client'> {
  readonly passkey: string;
  readonly counter: number;
  readonly now: number;
}

/** Opens a session for whoever has shown a passkey of theirs, which stands for the password and the factor. */
export function openByPasskey(
  tx: Tx,
  { passkey: id, counter, now, ...given }: OpenByPasskey,
): { readonly verdict: 'opened'; readonly session: Session } | { readonly verdict: 'sign-in-refused' } {
  const personId = tx.get('passkeys', id)?.personId;
  if (personId === undefined || tx.get('persons', personId) === undefined) return { verdict: 'sign-in-refused' };
  const before = factorsOf(tx, { personId });
  const after = useFactor(before, { by: 'passkey', id, counter }, now);
  if (after === null) return { verdict: 'sign-in-refused' };
  keepFactors(tx, before, after);
  const of = { kind: 'person', personId } as const;
  const times = { createdAt: now, lastUsedAt: now, expiresAt: now + SESSIONS.longestMs };
  const session = keepSession(tx, { ...given, ...times, of, state: 'open' });
  const details = { session: session.id, factor: 'passkey', alone: true };
  auditOf(tx, signerIn(session), { propertyId: INSTALLATION, at: now, action: 'session-opened', details });
  return { verdict: 'opened', session };
}

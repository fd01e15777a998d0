import type { Factors, Passkey } from '../domain/second-factor.ts';
import type { SessionOf } from '../domain/session.ts';
import { isAlive } from '../domain/session.ts';
import { lookupOfKind } from '../domain/token.ts';
import type { ReadTx } from '../store/store.ts';
import { knownSession } from './find-session.ts';

/** What a person has besides their password. */
export function factorsOf(tx: ReadTx, { personId }: { readonly personId: string }): Factors {
  return {
    authenticator: tx.get('authenticators', personId) ?? null,
    passkeys: tx.find('passkeys', 'byPerson', [personId]),
    recoveryCodes: tx.get('recoveryCodes', personId) ?? null,
  };
}

/** Whose second factor a sign-in asks for: a membership's own password leads to the person who joined it. Null for nobody's. */
export function personBehind(tx: ReadTx, of: SessionOf): string | null {
  return of.kind === 'person' ? of.personId : (tx.get('joinedMembers', of.propertyId, of.memberId)?.personId ?? null);
}

/** A sign-in that waits for its second factor. */
export interface HalfOpen {
  readonly session: string;
  readonly personId: string;
  readonly factors: Factors;
}

/** The half-open session that a token names. Null where it is wrong, over or open, or nobody's factor opens it any more. */
export function findHalfOpen(
  tx: ReadTx,
  { token, now }: { readonly token: string; readonly now: number },
): HalfOpen | null {
  const lookup = lookupOfKind('session', token);
  const [session] = lookup === null ? [] : tx.find('sessions', 'byLookup', [lookup], { limit: 1 });
  if (session === undefined || !isAlive(session, token, now, 'half-open')) return null;
  const personId = personBehind(tx, session.of);
  if (personId === null || knownSession(tx, session) === null) return null;
  return { session: session.id, personId, factors: factorsOf(tx, { personId }) };
}

/** A passkey as a browser names it, whoever's it is. */
export function findPasskey(tx: ReadTx, { credentialId }: { readonly credentialId: string }): Passkey | null {
  return tx.find('passkeys', 'byCredential', [credentialId], { limit: 1 })[0] ?? null;
}

import { asksForFactor, type Factors } from '../../domain/second-factor.ts';
import { membershipsOf } from '../../queries/persons.ts';
import type { Tx } from '../../store/store.ts';
import { endSessionsOf } from './session.ts';

/** Writes what has changed of a person's factors. */
export function keepFactors(tx: Tx, before: Factors, after: Factors): void {
  if (after.authenticator !== before.authenticator && after.authenticator !== null)
    tx.put('authenticators', after.authenticator);
  for (const passkey of after.passkeys) if (!before.passkeys.includes(passkey)) tx.put('passkeys', passkey);
  if (after.recoveryCodes !== before.recoveryCodes && after.recoveryCodes !== null)
    tx.put('recoveryCodes', after.recoveryCodes);
}

/**
 * With their first factor, every other sign-in of a person ends, also those to memberships that they have joined: they were opened
 * by a password alone. The session by which the factor was added goes on.
 */
export function endSignInsWithoutFactor(tx: Tx, personId: string, before: Factors, session: string): void {
  if (asksForFactor(before)) return;
  endSessionsOf(tx, { kind: 'person', personId }, session);
  for (const { propertyId, id: memberId } of membershipsOf(tx, personId))
    endSessionsOf(tx, { kind: 'member', propertyId, memberId });
}

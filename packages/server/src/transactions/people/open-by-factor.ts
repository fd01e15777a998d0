import { SESSIONS } from '../../domain/limits.ts';
import { type ShownFactor, useFactor } from '../../domain/second-factor.ts';
import type { Session } from '../../domain/session.ts';
import { findHalfOpen } from '../../queries/second-factors.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { keepFactors } from './keep-factors.ts';
import { keepSession, logOf, signerIn } from './session.ts';

export interface OpenByFactor extends Pick<Session, 'lookup' | 'secretHash' | 'from' | 'client'> {
  /** The token of the half-open session. It is good for nothing afterwards: an open one has a token of its own. */
  readonly token: string;
  readonly shown: ShownFactor;
  readonly now: number;
}

export type OpenedByFactor =
  | { readonly verdict: 'opened'; readonly session: Session }
  /** `used-before`: somebody was faster with the same code. */
  | { readonly verdict: 'sign-in-over' | 'used-before' };

/** Opens a half-open session by a second factor, which is used up by it. */
export function openByFactor(tx: Tx, { token, shown, now, ...given }: OpenByFactor): OpenedByFactor {
  const halfOpen = findHalfOpen(tx, { token, now });
  const before = halfOpen && tx.get('sessions', halfOpen.session);
  if (halfOpen === null || !before) return { verdict: 'sign-in-over' };
  const factors = useFactor(halfOpen.factors, shown, now);
  if (factors === null) return { verdict: 'used-before' };
  keepFactors(tx, halfOpen.factors, factors);
  tx.remove('sessions', before.id);
  const times = { createdAt: now, lastUsedAt: now, expiresAt: now + SESSIONS.longestMs };
  const session = keepSession(tx, { id: before.id, of: before.of, ...given, ...times, state: 'open' });
  const details = {
    session: session.id,
    factor: shown.by,
    ...(shown.by === 'recovery-code' && { left: factors.recoveryCodes?.hashes.length ?? 0 }),
  };
  auditOf(tx, signerIn(session), { propertyId: logOf(session.of), at: now, action: 'session-opened', details });
  return { verdict: 'opened', session };
}

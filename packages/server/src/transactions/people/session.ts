import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import { SESSIONS } from '../../domain/limits.ts';
import { type FactorKind, openingFactors } from '../../domain/second-factor.ts';
import { type Session, type SessionOf, sessionThatYields, subjectOfSession } from '../../domain/session.ts';
import { factorsOf, personBehind } from '../../queries/second-factors.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

export interface OpenSession extends Pick<Session, 'id' | 'lookup' | 'secretHash' | 'of' | 'from' | 'client'> {
  /** The version whose password was checked. */
  readonly version: number;
  readonly now: number;
}

export type OpenedSession =
  /** `factors`: what opens it; empty where it is open. */
  | { readonly verdict: 'opened'; readonly session: Session; readonly factors: readonly FactorKind[] }
  | { readonly verdict: 'changed-meanwhile' | 'member-inactive' };

/** Opens a session for whoever has shown the password: half, where the person behind it has a second factor. */
export function openSession(tx: Tx, { version, now, of, ...given }: OpenSession): OpenedSession {
  const who = of.kind === 'member' ? tx.get('members', of.propertyId, of.memberId) : tx.get('persons', of.personId);
  if (who === undefined || who.version !== version) return { verdict: 'changed-meanwhile' };
  if ('active' in who && !who.active) return { verdict: 'member-inactive' };
  return beginSession(tx, { ...given, of, now }, {});
}

/** Opens a session for whoever has shown what stands for the password. `details`: what the record tells of that. */
export function beginSession(
  tx: Tx,
  { now, of, ...given }: Omit<OpenSession, 'version'>,
  details: Readonly<Record<string, unknown>>,
): Extract<OpenedSession, { verdict: 'opened' }> {
  const personId = personBehind(tx, of);
  const factors = personId === null ? [] : openingFactors(factorsOf(tx, { personId }));
  const [state, lastsMs] =
    factors.length > 0 ? (['half-open', SESSIONS.halfOpenMs] as const) : (['open', SESSIONS.longestMs] as const);
  const session = keepSession(tx, { ...given, of, state, createdAt: now, lastUsedAt: now, expiresAt: now + lastsMs });
  const action = state === 'open' ? 'session-opened' : 'session-half-opened';
  auditOf(tx, signerIn(session), {
    propertyId: logOf(of),
    at: now,
    action,
    details: { session: session.id, ...details },
  });
  return { verdict: 'opened', session, factors };
}

/** Keeps a new session. Where there are too many of its subject, one of them ends. */
export function keepSession(tx: Tx, given: Omit<Session, 'subject'>): Session {
  for (const { id } of tx.find('sessions', 'byEnd', [], { before: given.createdAt, limit: SESSIONS.removedAtOnce }))
    tx.remove('sessions', id);
  const subject = subjectOfSession(given.of, given.state);
  const yields = sessionThatYields(tx.find('sessions', 'bySubject', [subject]), given.from);
  if (yields !== undefined) tx.remove('sessions', yields.id);
  const session: Session = { ...given, subject };
  tx.put('sessions', session);
  return session;
}

/** Ends a session of whoever asks for it. */
export function endSession(
  tx: Tx,
  {
    id,
    subject,
    doer,
    now,
  }: { readonly id: string; readonly subject: string; readonly doer: Doer; readonly now: number },
): 'ended' | 'not-found' {
  const session = tx.get('sessions', id);
  if (session === undefined || session.subject !== subject) return 'not-found';
  tx.remove('sessions', id);
  auditOf(tx, doer, { propertyId: logOf(session.of), at: now, action: 'session-ended', details: { session: id } });
  return 'ended';
}

/** Ends every session of a member or person but one, also half-open ones, e.g. since the password is another. */
export function endSessionsOf(tx: Tx, of: SessionOf, but?: string): void {
  for (const state of ['open', 'half-open'] as const)
    for (const { id } of tx.find('sessions', 'bySubject', [subjectOfSession(of, state)]))
      if (id !== but) tx.remove('sessions', id);
}

/** Remembers that a session was used, if it is still there. */
export function noteSessionUse(tx: Tx, { id, now }: { readonly id: string; readonly now: number }): void {
  const session = tx.get('sessions', id);
  if (session !== undefined) tx.put('sessions', { ...session, lastUsedAt: now });
}

/** Whoever signs in, for the record of it. */
export function signerIn({ id, of, from }: Pick<Session, 'id' | 'of' | 'from'>): Doer {
  return { actor: of.kind === 'member' ? `member ${of.memberId}` : `person ${of.personId}`, by: id, from };
}

/** A person's sessions concern no single property. */
export function logOf(of: SessionOf): string {
  return of.kind === 'member' ? of.propertyId : INSTALLATION;
}

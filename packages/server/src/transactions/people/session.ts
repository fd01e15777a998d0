import { INSTALLATION } from '../../domain/audit.ts';
import type { Doer } from '../../domain/caller.ts';
import { SESSIONS } from '../../domain/limits.ts';
import { type Session, type SessionOf, subjectOfSession } from '../../domain/session.ts';
import type { Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';

export interface OpenSession
  extends Pick<Session, 'id' | 'lookup' | 'secretHash' | 'of' | 'expiresAt' | 'from' | 'client'> {
  /** The version whose password was checked. */
  readonly version: number;
  readonly now: number;
}

export type OpenedSession =
  | { readonly verdict: 'opened'; readonly session: Session }
  | { readonly verdict: 'changed-meanwhile' | 'member-inactive' };

/** Opens a session for whoever has shown the password. Where they have too many, the oldest ends. */
export function openSession(tx: Tx, { version, now, of, ...given }: OpenSession): OpenedSession {
  const who = of.kind === 'member' ? tx.get('members', of.propertyId, of.memberId) : tx.get('persons', of.personId);
  if (who === undefined || who.version !== version) return { verdict: 'changed-meanwhile' };
  if ('active' in who && !who.active) return { verdict: 'member-inactive' };
  for (const { id } of tx.find('sessions', 'byEnd', [], { before: now, limit: SESSIONS.removedAtOnce }))
    tx.remove('sessions', id);
  const subject = subjectOfSession(of);
  const before = tx.find('sessions', 'bySubject', [subject]);
  for (const { id } of before.slice(0, Math.max(0, before.length - SESSIONS.ofEach + 1))) tx.remove('sessions', id);
  const session: Session = { ...given, of, subject, state: 'open', createdAt: now, lastUsedAt: now };
  tx.put('sessions', session);
  const doer = { actor: actorOf(of), by: session.id, from: session.from };
  auditOf(tx, doer, { propertyId: logOf(of), at: now, action: 'session-opened', details: { session: session.id } });
  return { verdict: 'opened', session };
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

/** Ends every session of a member or person, e.g. since the password is another. */
export function endSessionsOf(tx: Tx, of: SessionOf): void {
  for (const { id } of tx.find('sessions', 'bySubject', [subjectOfSession(of)])) tx.remove('sessions', id);
}

/** Remembers that a session was used, if it is still there. */
export function noteSessionUse(tx: Tx, { id, now }: { readonly id: string; readonly now: number }): void {
  const session = tx.get('sessions', id);
  if (session !== undefined) tx.put('sessions', { ...session, lastUsedAt: now });
}

function actorOf(of: SessionOf): string {
  return of.kind === 'member' ? `member ${of.memberId}` : `person ${of.personId}`;
}

/** A person's sessions concern no single property. */
function logOf(of: SessionOf): string {
  return of.kind === 'member' ? of.propertyId : INSTALLATION;
}

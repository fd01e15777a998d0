import type { AgentId } from '@keyrack/protocol';
import { isSignedIn, type SignInLimits } from '../../domain/authorise.ts';
import type { Doer } from '../../domain/caller.ts';
import type { Member } from '../../domain/people.ts';
import type { SignIn } from '../../domain/places.ts';
import { ageOf } from '../../domain/stamp-age.ts';
import { FENCED, type Fenced, fence, type SessionRef } from '../../queries/fence-session.ts';
import type { Tx } from '../../store/store.ts';
import { audit, auditOf } from '../audit/append-audit.ts';

export interface SignInInput extends SessionRef {
  readonly memberId: string;
  readonly memberVersion: number;
  readonly now: number;
}

/** Why somebody else ended a member's sign-in. */
export type SignInEnded = 'password-changed' | 'member-deactivated';

/** A sign-in that ended by a change of its member: the desk is to be told. */
export interface EndedSignIn {
  readonly agentId: AgentId;
  readonly why: SignInEnded;
}

/** Ends the member's sign-in, wherever it is; null where there is none. */
export function endSignInOf(
  tx: Tx,
  { propertyId, id: memberId }: Pick<Member, 'propertyId' | 'id'>,
  why: SignInEnded,
  doer: Doer,
  now: number,
): EndedSignIn | null {
  const signIn = tx.get('signIns', propertyId, memberId);
  if (signIn === undefined) return null;
  const { agentId } = signIn;
  tx.remove('signIns', propertyId, memberId);
  const details = { member: memberId, agent: agentId, why };
  auditOf(tx, doer, { propertyId, at: now, action: 'member-signed-out', details });
  return { agentId, why };
}

/** Signs a member in at this agent. The newest sign-in counts: an earlier one of this member elsewhere ends. */
export function signIn(
  tx: Tx,
  input: SignInInput,
):
  | Fenced
  | { readonly verdict: 'changed-meanwhile' }
  | { readonly verdict: 'signed-in'; readonly name: string; readonly left: AgentId | null } {
  const { propertyId, memberId, now } = input;
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const member = tx.get('members', propertyId, memberId);
  if (member === undefined || !member.active || member.version !== input.memberVersion)
    return { verdict: 'changed-meanwhile' };
  const before = tx.get('signIns', propertyId, memberId);
  for (const other of tx.find('signIns', 'byAgent', [propertyId, agent.id]))
    tx.remove('signIns', propertyId, other.memberId);
  tx.put('signIns', { propertyId, memberId, agentId: agent.id, at: now, lastActiveAt: now });
  audit(tx, {
    propertyId,
    at: now,
    action: 'member-signed-in',
    actor: `member ${memberId}`,
    details: { agent: agent.id },
  });
  return {
    verdict: 'signed-in',
    name: member.name,
    left: before === undefined || before.agentId === agent.id ? null : before.agentId,
  };
}

export function signOut(
  tx: Tx,
  input: SessionRef & { readonly now: number },
): Fenced | { readonly verdict: 'signed-out' } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  for (const each of tx.find('signIns', 'byAgent', [input.propertyId, agent.id]))
    end(tx, each, input.now, { agent: agent.id });
  return { verdict: 'signed-out' };
}

/** Ends the sign-in at this agent if its idle limit is over; tells how long the limit still lasts otherwise. */
export function endIdleSignIn(
  tx: Tx,
  input: SessionRef & SignInLimits,
): Fenced | { readonly verdict: 'nobody' } | { readonly verdict: 'signed-in'; readonly remainingMs: number } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const [found] = tx.find('signIns', 'byAgent', [input.propertyId, agent.id]);
  if (isSignedIn(found, input)) {
    const idleMs = ageOf(found.lastActiveAt, input.now);
    // The clock was set back since: without this the limit would be longer by as much.
    if (idleMs === null) tx.put('signIns', { ...found, lastActiveAt: input.now });
    return { verdict: 'signed-in', remainingMs: input.idleMs - (idleMs ?? 0) };
  }
  if (found !== undefined) end(tx, found, input.now, { agent: agent.id, idle: true });
  return { verdict: 'nobody' };
}

function end(tx: Tx, { propertyId, memberId }: SignIn, at: number, details: Readonly<Record<string, unknown>>): void {
  tx.remove('signIns', propertyId, memberId);
  audit(tx, { propertyId, at, action: 'member-signed-out', actor: `member ${memberId}`, details });
}

/** The member at this agent was active: the idle limit starts anew, unless it was over already. */
export function renewSignIn(
  tx: Tx,
  input: SessionRef & SignInLimits,
): Fenced | { readonly verdict: 'renewed' | 'nobody' } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const [found] = tx.find('signIns', 'byAgent', [input.propertyId, agent.id]);
  if (!isSignedIn(found, input)) return { verdict: 'nobody' };
  tx.put('signIns', { ...found, lastActiveAt: input.now });
  return { verdict: 'renewed' };
}

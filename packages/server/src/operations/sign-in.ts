import type { AgentId } from '@keyrack/protocol';
import type { Creator, Member } from '../domain/people.ts';
import type { ReadTx, Tx } from '../store/store.ts';
import { audit } from './record-change.ts';
import { FENCED, type Fenced, fence, type SessionRef } from './session.ts';

export function findMember(
  tx: ReadTx,
  { propertyId, creator }: { readonly propertyId: string; readonly creator: Creator },
): Member | null {
  const found =
    creator.by === 'mobile'
      ? tx.find('members', 'byMobile', [propertyId, creator.areaCode, creator.mobile])
      : tx.find('members', 'byEmail', [propertyId, creator.email.toLowerCase()]);
  return found[0] ?? null;
}

export interface SignInInput extends SessionRef {
  readonly memberId: string;
  readonly memberVersion: number;
  readonly now: number;
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
  for (const each of tx.find('signIns', 'byAgent', [input.propertyId, agent.id])) {
    tx.remove('signIns', input.propertyId, each.memberId);
    const actor = `member ${each.memberId}`;
    audit(tx, {
      propertyId: input.propertyId,
      at: input.now,
      action: 'member-signed-out',
      actor,
      details: { agent: agent.id },
    });
  }
  return { verdict: 'signed-out' };
}

/** The member at this agent was active: the idle limit starts anew, unless it was over already. */
export function renewSignIn(
  tx: Tx,
  input: SessionRef & { readonly now: number; readonly idleMs: number },
): Fenced | { readonly verdict: 'renewed' | 'nobody' } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const [found] = tx.find('signIns', 'byAgent', [input.propertyId, agent.id]);
  if (found === undefined || input.now - found.lastActiveAt >= input.idleMs) return { verdict: 'nobody' };
  tx.put('signIns', { ...found, lastActiveAt: input.now });
  return { verdict: 'renewed' };
}

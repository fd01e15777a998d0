import type { AgentId, Mac } from '@keyrack/protocol';
import { FENCED, type Fenced, fence, type SessionRef } from '../../queries/fence-session.ts';
import type { Tx } from '../../store/store.ts';
import { changeOwner, type OwnerChange } from './change-owner.ts';

/**
 * This agent said something on a connection that has told of these encoders: those that another agent names too are in
 * dispute from now on. An agent that still tells a long journal may have others at another desk by now, and is silent there.
 */
export function ownerHeard(
  tx: Tx,
  input: SessionRef & { readonly named: readonly Mac[]; readonly now: number },
): Fenced | { readonly verdict: 'recorded'; readonly encoders: readonly OwnerChange[] } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const encoders = tx
    .find('encoders', 'byAgent', [agent.propertyId, agent.id])
    .filter(({ mac }) => input.named.includes(mac))
    .flatMap((encoder) => changeOwner(tx, encoder, { type: 'owner-heard' }, input.now) ?? []);
  return { verdict: 'recorded', encoders };
}

/**
 * The owner of an encoder wasn't heard for as long as a connection may be silent, although another agent names it: that
 * one gets it. The owner's session ends with that. Otherwise it could still be there, and never say again that it has
 * the encoder.
 */
export function ownerSilent(
  tx: Tx,
  input: { readonly propertyId: string; readonly mac: Mac; readonly owner: AgentId; readonly now: number },
): { readonly encoders: readonly OwnerChange[] } {
  const { propertyId, mac, owner, now } = input;
  const encoder = tx.get('encoders', propertyId, mac);
  const agent = tx.get('agents', propertyId, owner);
  if (encoder?.ownership !== 'claimed' || encoder.agentId !== owner || agent === undefined) return { encoders: [] };
  tx.put('agents', { ...agent, session: agent.session + 1 });
  const changed = changeOwner(tx, encoder, { type: 'owner-silent' }, now);
  return { encoders: changed === null ? [] : [changed] };
}

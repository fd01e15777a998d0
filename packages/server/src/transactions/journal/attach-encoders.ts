import type { EncoderInfo } from '@keyrack/protocol';
import type { Agent } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../outcome/record-change.ts';
import { FENCED, type Fenced, fence, type SessionRef } from './session.ts';

/**
 * Records which encoders this agent has. One that another agent had moves here, unless that agent holds an open grant
 * for it: then it stays until the grant is settled. Returns whether one of them stays elsewhere.
 */
export function attachEncoders(tx: Tx, agent: Agent, present: readonly EncoderInfo[], now: number): boolean {
  const { propertyId } = agent;
  let kept = false;
  const macs = new Set(present.map((each) => each.mac));
  for (const gone of tx.find('encoders', 'byAgent', [propertyId, agent.id])) {
    if (!macs.has(gone.mac) && gone.forSignedIn) tx.put('encoders', { ...gone, forSignedIn: false });
  }
  for (const info of present) {
    const known = tx.get('encoders', propertyId, info.mac);
    if (known === undefined) {
      const [last] = tx.find('encoders', 'byId', [propertyId], { reverse: true, limit: 1 });
      tx.put('encoders', { propertyId, ...info, id: (last?.id ?? 0) + 1, agentId: agent.id });
      continue;
    }
    if (known.agentId !== null && known.agentId !== agent.id) {
      if (tx.find('operations', 'byEncoder', [propertyId, info.mac, 'granted'], { limit: 1 }).length > 0) {
        kept = true;
        continue;
      }
      const details = { encoder: info.mac, from: known.agentId, to: agent.id };
      audit(tx, { propertyId, at: now, action: 'encoder-moved', actor: `agent ${agent.id}`, details });
    }
    const next = { ...known, name: info.name, forSignedIn: info.forSignedIn, agentId: agent.id };
    if (known.name !== next.name || known.forSignedIn !== next.forSignedIn || known.agentId !== next.agentId) {
      tx.put('encoders', next);
    }
  }
  return kept;
}

export function changeEncoders(
  tx: Tx,
  input: SessionRef & { readonly encoders: readonly EncoderInfo[]; readonly now: number },
): Fenced | { readonly verdict: 'changed'; readonly kept: boolean } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  return { verdict: 'changed', kept: attachEncoders(tx, agent, input.encoders, input.now) };
}

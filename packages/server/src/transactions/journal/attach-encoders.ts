import type { EncoderInfo, Mac } from '@keyrack/protocol';
import { ENCODERS_KEPT } from '../../domain/limits.ts';
import type { Agent } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../outcome/record-change.ts';
import { countMoves } from './evidence-quota.ts';
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
      makeRoom(tx, agent, macs);
      const [last] = tx.find('encoders', 'byId', [propertyId], { reverse: true, limit: 1 });
      tx.put('encoders', { propertyId, ...info, id: (last?.id ?? 0) + 1, agentId: agent.id, unlifted: [] });
      continue;
    }
    if (known.agentId !== null && known.agentId !== agent.id) {
      if (tx.find('operations', 'byEncoder', [propertyId, info.mac, 'granted'], { limit: 1 }).length > 0) {
        kept = true;
        continue;
      }
      const details = { encoder: info.mac, from: known.agentId, to: agent.id };
      const room = countMoves(tx, agent.id, now);
      // Two desks that tell of one encoder may move it to and fro without end, which isn't worth a record each time.
      const noted = room === 'within' ? details : { ...details, more: 'of today are not recorded' };
      if (room !== 'beyond') {
        audit(tx, { propertyId, at: now, action: 'encoder-moved', actor: `agent ${agent.id}`, details: noted });
      }
    }
    const next = { ...known, name: info.name, forSignedIn: info.forSignedIn, agentId: agent.id };
    if (known.name !== next.name || known.forSignedIn !== next.forSignedIn || known.agentId !== next.agentId) {
      tx.put('encoders', next);
    }
  }
  return kept;
}

/**
 * Forgets the oldest of too many encoders that the agent has no longer and that nothing was ever asked of. They would
 * be kept and listed for ever, and a faulty agent can make up as many as it likes.
 */
function makeRoom(tx: Tx, agent: Agent, present: ReadonlySet<Mac>): void {
  const { propertyId } = agent;
  const kept = tx.find('encoders', 'byAgent', [propertyId, agent.id]);
  if (kept.length < ENCODERS_KEPT) return;
  const unused = kept.filter(
    ({ mac }) => !present.has(mac) && tx.find('operations', 'byEncoder', [propertyId, mac], { limit: 1 }).length === 0,
  );
  const [oldest] = unused.sort((a, b) => a.id - b.id);
  if (oldest !== undefined) tx.remove('encoders', propertyId, oldest.mac);
}

export function changeEncoders(
  tx: Tx,
  input: SessionRef & { readonly encoders: readonly EncoderInfo[]; readonly now: number },
): Fenced | { readonly verdict: 'changed'; readonly kept: boolean } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  return { verdict: 'changed', kept: attachEncoders(tx, agent, input.encoders, input.now) };
}

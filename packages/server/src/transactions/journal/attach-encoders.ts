import type { EncoderInfo, Mac } from '@keyrack/protocol';
import { ENCODERS_KEPT } from '../../domain/limits.ts';
import { type Agent, newEncoder } from '../../domain/places.ts';
import { type CalledEncoder, calledOf, claimedBy, type Dispute, disputesOf } from '../../queries/encoder-claims.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import { hintUnfinished } from '../../queries/unfinished-operations.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import { changeOwner, type OwnerChange } from './change-owner.ts';

/** What an agent's word on its encoders led to. */
export interface Attached {
  /** Those that changed hands, or began or ceased to be in dispute. */
  readonly encoders: readonly OwnerChange[];
  /** Those of this agent that are in dispute, also since before. */
  readonly disputes: readonly Dispute[];
  /** Those of this agent that people called otherwise here. */
  readonly called: readonly CalledEncoder[];
}

/** Records which encoders this agent has, and which it has no longer. */
export function attachEncoders(tx: Tx, agent: Agent, present: readonly EncoderInfo[], now: number): Attached {
  const { propertyId } = agent;
  const macs = new Set(present.map((each) => each.mac));
  const named = [...tx.find('encoders', 'byAgent', [propertyId, agent.id]), ...claimedBy(tx, propertyId, agent.id)];
  const gone = named.filter(({ mac }) => !macs.has(mac));
  const changes = gone.map((encoder) => changeOwner(tx, encoder, { type: 'given-up', by: agent.id }, now));
  for (const info of present) {
    const known = tx.get('encoders', propertyId, info.mac);
    if (known !== undefined) {
      changes.push(changeOwner(tx, known, { type: 'named', by: agent.id }, now, info));
      continue;
    }
    makeRoom(tx, agent, macs);
    const [last] = tx.find('encoders', 'byId', [propertyId], { reverse: true, limit: 1 });
    const id = (last?.id ?? 0) + 1;
    tx.put('encoders', newEncoder({ propertyId, ...info, id, agentId: agent.id }));
  }
  const encoders = changes.filter((change) => change !== null);
  return { encoders, disputes: disputesOf(tx, propertyId, agent.id), called: calledOf(tx, propertyId, agent.id) };
}

/**
 * Forgets the oldest of too many encoders that the agent has no longer and that nothing was ever asked of. They would
 * be kept and listed for ever, and a faulty agent can make up as many as it likes.
 */
function makeRoom(tx: Tx, agent: Agent, present: ReadonlySet<Mac>): void {
  const { propertyId } = agent;
  const kept = tx.find('encoders', 'byAgent', [propertyId, agent.id]);
  if (kept.length < ENCODERS_KEPT) return;
  const unused = kept.filter(({ mac, used, givenName }) => !present.has(mac) && !used && givenName === null);
  const [oldest] = unused.sort((a, b) => a.id - b.id);
  if (oldest !== undefined) tx.remove('encoders', propertyId, oldest.mac);
}

export function changeEncoders(
  tx: Tx,
  input: SessionRef & { readonly encoders: readonly EncoderInfo[]; readonly now: number },
): Fenced | ({ readonly verdict: 'changed' } & Attached) {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  return { verdict: 'changed', ...attachEncoders(tx, agent, input.encoders, input.now) };
}

export function hintAttached(
  hint: Hint,
  { propertyId, agentId }: Pick<SessionRef, 'propertyId' | 'agentId'>,
  present: readonly EncoderInfo[],
): void {
  hint.find('encoders', 'byAgent', [propertyId, agentId]);
  hint.find('encoderClaims', 'byAgent', [propertyId, agentId]);
  for (const { mac } of present) {
    hint.get('encoders', propertyId, mac);
    hint.find('encoderClaims', 'byMac', [propertyId, mac]);
    hintUnfinished(hint, propertyId, mac);
  }
}
changeEncoders.hints = (hint: Hint, input: Parameters<typeof changeEncoders>[1]) => {
  hintFence(hint, input);
  hintAttached(hint, input, input.encoders);
};

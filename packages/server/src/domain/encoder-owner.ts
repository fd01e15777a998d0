import type { AgentId } from '@keyrack/protocol';

/**
 * Which agent an encoder belongs to. Within a property one MAC belongs to one agent: readers with a dummy serial number
 * answer to the same MAC at every desk, and a card that is written at the wrong one opens somebody's door.
 *
 * - `settled`: nobody else names it.
 * - `claimed`: others name it, and the owner hasn't been heard since. It may be a dead computer.
 * - `disputed`: the owner was heard after that. Two desks have it, and only one of them can say otherwise.
 * - `released`: the owner doesn't have it, or is no longer believed to. The next one that names it gets it.
 */
export type Ownership = 'settled' | 'claimed' | 'disputed' | 'released';

export interface EncoderOwner {
  readonly owner: AgentId | null;
  readonly ownership: Ownership;
  /** The other agents that name it, in the order in which they began to. */
  readonly claims: readonly AgentId[];
}

export type OwnerEvent =
  /** The agent says that it has this encoder. */
  | { readonly type: 'named'; readonly by: AgentId }
  /** The owner said anything at all on a connection that has told of this encoder. */
  | { readonly type: 'owner-heard' }
  /** The owner wasn't heard for as long as a connection may be silent, although another agent names its encoder. */
  | { readonly type: 'owner-silent' }
  /** The agent says that it doesn't have it. */
  | { readonly type: 'given-up'; readonly by: AgentId }
  /** The agent's identity ended, or passed to another computer, which has named nothing yet. */
  | { readonly type: 'agent-ended'; readonly agent: AgentId }
  /** A grant ended, which had kept the encoder where it was. */
  | { readonly type: 'grant-ended' };

/**
 * The owner after an event. `granted`: a write may be under way there, so that the encoder stays with its agent until the
 * outcome is known.
 */
export function advanceOwner(encoder: EncoderOwner, event: OwnerEvent, granted: boolean): EncoderOwner {
  return passOn(afterEvent(encoder, event), granted);
}

function afterEvent(encoder: EncoderOwner, event: OwnerEvent): EncoderOwner {
  const { owner, ownership, claims } = encoder;
  switch (event.type) {
    case 'named':
      if (event.by === owner) return { ...encoder, ownership: claims.length > 0 ? 'disputed' : 'settled' };
      if (claims.includes(event.by)) return encoder;
      return {
        owner,
        ownership: ownership === 'settled' ? 'claimed' : ownership,
        claims: [...claims, event.by],
      };
    case 'owner-heard':
      return ownership === 'claimed' ? { ...encoder, ownership: 'disputed' } : encoder;
    case 'owner-silent':
      return ownership === 'claimed' ? { ...encoder, ownership: 'released' } : encoder;
    case 'given-up':
      return withoutAgent(encoder, event.by);
    case 'agent-ended':
      return withoutAgent(encoder, event.agent);
    case 'grant-ended':
      return encoder;
  }
}

function withoutAgent(encoder: EncoderOwner, agent: AgentId): EncoderOwner {
  if (agent === encoder.owner) return { ...encoder, ownership: 'released' };
  if (!encoder.claims.includes(agent)) return encoder;
  const claims = encoder.claims.filter((each) => each !== agent);
  const isOver = claims.length === 0 && encoder.ownership !== 'released';
  return { ...encoder, claims, ownership: isOver ? 'settled' : encoder.ownership };
}

/** The first that claims a released encoder gets it. Where more than one does, they have it both. */
function passOn(encoder: EncoderOwner, granted: boolean): EncoderOwner {
  const [first, ...others] = encoder.claims;
  const isFree = encoder.ownership === 'released' || encoder.owner === null;
  if (!isFree || granted || first === undefined) return encoder;
  return { owner: first, ownership: others.length > 0 ? 'disputed' : 'settled', claims: others };
}

/** Whether this agent may be asked for anything at the encoder, and granted. */
export function mayUse(
  { agentId, ownership }: { readonly agentId: AgentId | null; readonly ownership: Ownership },
  agent: AgentId,
): boolean {
  return agentId === agent && ownership === 'settled';
}

import { AGENT_LIMITS, type AgentId, type Mac } from '@keyrack/protocol';
import { markedAmong } from '../domain/desk-facts.ts';
import { calledName, type Encoder, type EncoderClaim } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from './fence-session.ts';

/** The other agents that name this encoder, in the order in which they began to. */
export function claimsOf(tx: ReadTx, propertyId: string, mac: Mac): EncoderClaim[] {
  return tx.find('encoderClaims', 'byMac', [propertyId, mac]);
}

/** The encoders that this agent names although they are another's. */
export function claimedBy(tx: ReadTx, propertyId: string, agentId: AgentId): Encoder[] {
  return tx
    .find('encoderClaims', 'byAgent', [propertyId, agentId])
    .flatMap(({ mac }) => tx.get('encoders', propertyId, mac) ?? []);
}

/** An encoder that more than one agent has, as one of them should hear of it. */
export interface Dispute {
  readonly encoder: Mac;
  /** The names of the other agents. */
  readonly others: readonly string[];
}

/** The disputed encoders of this agent. */
export function disputesOf(tx: ReadTx, propertyId: string, agentId: AgentId): Dispute[] {
  return [...tx.find('encoders', 'byAgent', [propertyId, agentId]), ...claimedBy(tx, propertyId, agentId)]
    .filter(({ ownership }) => ownership === 'disputed')
    .map((encoder) => ({
      encoder: encoder.mac,
      others: namedBy(tx, encoder)
        .filter((each) => each !== agentId)
        .slice(0, AGENT_LIMITS.disputingAgents)
        .map((each) => nameOfAgent(tx, propertyId, each)),
    }));
}

/** What people call this agent. */
export function nameOfAgent(tx: ReadTx, propertyId: string, agentId: AgentId): string {
  const agent = tx.get('agents', propertyId, agentId);
  return agent === undefined ? agentId : calledName(agent);
}

/** An encoder as people called it, and whether they let it serve card types 2 and 3 at its desk. */
export interface CalledEncoder {
  readonly encoder: Mac;
  readonly name: string;
  readonly forSignedIn: boolean;
}

/** The encoders of this agent that are called otherwise here than there, or were chosen otherwise. */
export function calledOf(tx: ReadTx, propertyId: string, agentId: AgentId): CalledEncoder[] {
  const own = tx.find('encoders', 'byAgent', [propertyId, agentId]);
  const marked = markedAmong(own)?.mac;
  return own
    .filter(({ ownership }) => ownership !== 'released')
    .filter(({ mac, givenName, forSignedIn }) => givenName !== null || (mac === marked) !== forSignedIn)
    .slice(0, AGENT_LIMITS.encoders)
    .map((encoder) => ({ encoder: encoder.mac, name: calledName(encoder), forSignedIn: encoder.mac === marked }));
}

/** What an agent has to know of its encoders: those in dispute, and those that people called otherwise. */
export function findDisputes(
  tx: ReadTx,
  input: SessionRef,
):
  | Fenced
  | { readonly verdict: 'found'; readonly disputes: readonly Dispute[]; readonly called: readonly CalledEncoder[] } {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const { propertyId, id } = agent;
  return { verdict: 'found', disputes: disputesOf(tx, propertyId, id), called: calledOf(tx, propertyId, id) };
}

function namedBy(tx: ReadTx, { propertyId, mac, agentId }: Encoder): AgentId[] {
  return [...(agentId === null ? [] : [agentId]), ...claimsOf(tx, propertyId, mac).map((claim) => claim.agentId)];
}

findDisputes.hints = (hint: Hint, input: SessionRef) => {
  hintFence(hint, input);
  hint.find('encoders', 'byAgent', [input.propertyId, input.agentId]);
  hint.find('encoderClaims', 'byAgent', [input.propertyId, input.agentId]);
};

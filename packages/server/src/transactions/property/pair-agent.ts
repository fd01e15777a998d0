import type { AgentId } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import { PAIRING } from '../../domain/limits.ts';
import { hashPairingCode, isPairingCode, PAIRING_LOOKUP } from '../../domain/pairing-code.ts';
import { newAgent } from '../../domain/places.ts';
import { needsSignIn } from '../../domain/requester.ts';
import { ageOf } from '../../domain/stamp-age.ts';
import type { PairingCode } from '../../store/row-types.ts';
import type { Tx } from '../../store/store.ts';
import { audit, doneBy } from '../audit/append-audit.ts';
import { beginAbsence, dropAbsence } from '../journal/agent-absence.ts';
import { endAgentEncoders, type OwnerChange } from '../journal/change-owner.ts';
import type { Changes } from '../journal/changes.ts';
import { forgetAgent, unfinishedOfAgent } from '../journal/give-up-journal.ts';
import { change } from '../outcome/record-next-state.ts';

export interface OfferPairing {
  readonly propertyId: string;
  /** Eight upper-case letters or digits, drawn at random. */
  readonly code: string;
  /** The agent that is paired anew on another computer or after a suspension, or null for a new one. */
  readonly replaces: AgentId | null;
  readonly actor: string;
  /** Who asked for it over /v1. */
  readonly doer?: Doer;
  readonly now: number;
}

export type OfferedCode =
  /** `which`: of the codes that were drawn. */
  | { readonly verdict: 'offered'; readonly which: number; readonly expiresAt: number }
  | { readonly verdict: 'draw-again' | 'agent-unknown' | 'agent-revoked' };

/** Records the first of these codes that can be told from those that are good. */
export function offerPairingCode(
  tx: Tx,
  { codes, ...input }: Omit<OfferPairing, 'code'> & { readonly codes: readonly string[] },
): OfferedCode {
  for (const [which, code] of codes.entries()) {
    const verdict = offerPairing(tx, { ...input, code });
    if (verdict === 'offered') return { verdict, which, expiresAt: input.now + PAIRING.validMs };
    if (verdict !== 'draw-again') return { verdict };
  }
  return { verdict: 'draw-again' };
}

/** Records a one-time code. `draw-again`: another one begins with the same characters. */
export function offerPairing(
  tx: Tx,
  input: OfferPairing,
): 'offered' | 'draw-again' | 'agent-unknown' | 'agent-revoked' {
  const { propertyId, code, replaces, now } = input;
  const replaced = replaces === null ? null : tx.get('agents', propertyId, replaces);
  if (replaced === undefined) return 'agent-unknown';
  if (replaced?.state === 'revoked') return 'agent-revoked';
  const lookup = code.slice(0, PAIRING_LOOKUP);
  const other = tx.get('pairingCodes', lookup);
  if (other !== undefined && isGood(other, now)) return 'draw-again';
  const expiresAt = now + PAIRING.validMs;
  tx.put('pairingCodes', {
    lookup,
    propertyId,
    codeHash: hashPairingCode(code),
    replaces,
    expiresAt,
  });
  audit(tx, {
    propertyId,
    at: now,
    action: 'agent-code-offered',
    actor: input.actor,
    details: { replaces, expiresAt, ...doneBy(input.doer) },
  });
  return 'offered';
}

/** Whether a code may be traded. A code from before the clock was set back isn't good, since its age is unknown. */
function isGood({ expiresAt }: PairingCode, now: number): boolean {
  const age = ageOf(expiresAt - PAIRING.validMs, now);
  return age !== null && age < PAIRING.validMs;
}

export interface PairAgent {
  readonly code: string;
  /** Ed25519 public key, base64url. */
  readonly publicKey: string;
  readonly name: string;
  /** The agent that the computer is already, or null. */
  readonly known: AgentId | null;
  /** The id of a new agent. */
  readonly newId: AgentId;
  readonly now: number;
}

export type PairResult =
  /** The computer would be two agents, one of them dead for good. Nothing is written, and the code stays good. */
  | { readonly verdict: 'paired-already' }
  | ({
      readonly verdict: 'paired';
      readonly agentId: AgentId;
      readonly property: string;
      /** Of the computer that was this agent before. */
      readonly encoders: readonly OwnerChange[];
    } & Changes)
  /** Unknown, used up, expired and wrong read the same. Nothing is written for any: tries are counted by their source. */
  | { readonly verdict: 'wrong-code' };

/** Trades a one-time code for an agent's identity: its key is known from now on, and the code is used up. */
export function pairAgent(tx: Tx, input: PairAgent): PairResult {
  const { code, publicKey, name, now } = input;
  const offer = tx.get('pairingCodes', code.slice(0, PAIRING_LOOKUP));
  if (offer === undefined || !isGood(offer, now)) return { verdict: 'wrong-code' };
  if (!isPairingCode(code, offer.codeHash)) return { verdict: 'wrong-code' };
  const { propertyId, replaces } = offer;
  const property = tx.get('properties', propertyId);
  if (property === undefined) return { verdict: 'wrong-code' };
  if (input.known !== null && input.known !== replaces) return { verdict: 'paired-already' };
  tx.remove('pairingCodes', offer.lookup);

  const known = replaces === null ? undefined : tx.get('agents', propertyId, replaces);
  // Revoked since the code was made: never again.
  if (known?.state === 'revoked') return { verdict: 'wrong-code' };
  const changed = known === undefined ? [] : forgetAgent(tx, known, now);
  const encoders = known === undefined ? [] : endAgentEncoders(tx, propertyId, known.id, now);
  // A session of the computer that had this identity before is over with it.
  const session = (known?.session ?? 0) + 1;
  const agent = newAgent({
    propertyId,
    id: known?.id ?? input.newId,
    name,
    publicKey,
    session,
    givenName: known?.givenName ?? null,
  });
  tx.put('agents', agent);
  // The other computer ought to come now.
  beginAbsence(tx, agent, now);
  audit(tx, {
    propertyId,
    at: now,
    action: 'agent-enrolled',
    actor: `agent ${agent.id}`,
    details: { name, publicKey, anew: known !== undefined },
  });
  return { verdict: 'paired', agentId: agent.id, property: property.name, encoders, changed };
}

/**
 * Ends an agent for good: whatever it still says changes nothing. What was granted to it is unknown from now on, what
 * waited for it alone is withdrawn, who was signed in there is not, and its encoders are those of whoever has them too.
 */
export function revokeAgent(
  tx: Tx,
  input: {
    readonly propertyId: string;
    readonly agentId: AgentId;
    readonly actor: string;
    readonly doer?: Doer;
    readonly now: number;
  },
): { readonly found: boolean; readonly encoders: readonly OwnerChange[] } & Changes {
  const agent = tx.get('agents', input.propertyId, input.agentId);
  if (agent === undefined || agent.forgotten) return { found: false, encoders: [], changed: [] };
  if (agent.state === 'revoked') return { found: true, encoders: [], changed: [] };
  const changed = forgetAgent(tx, agent, input.now);
  const encoders = endAgentEncoders(tx, agent.propertyId, agent.id, input.now);
  for (const operation of unfinishedOfAgent(tx, agent)) {
    const owner = tx.get('encoders', operation.propertyId, operation.encoder)?.agentId ?? agent.id;
    // Another agent has that encoder too, and is asked for it from now on.
    if (owner !== agent.id && !needsSignIn(operation)) continue;
    const event = { type: 'withdrawn', cause: 'agent-revoked', at: input.now } as const;
    const next = change(tx, operation, event, input.now, input.actor, input.doer);
    if (next !== null) changed.push(next);
  }
  for (const { propertyId, memberId } of tx.find('signIns', 'byAgent', [agent.propertyId, agent.id])) {
    tx.remove('signIns', propertyId, memberId);
  }
  tx.put('agents', { ...agent, state: 'revoked', session: agent.session + 1, journal: null, cursor: null });
  dropAbsence(tx, agent);
  for (const encoder of tx.find('encoders', 'byAgent', [agent.propertyId, agent.id])) {
    tx.put('encoders', { ...encoder, agentId: null, forSignedIn: false, chosen: null });
  }
  audit(tx, {
    propertyId: agent.propertyId,
    at: input.now,
    action: 'agent-revoked',
    actor: input.actor,
    details: { agent: agent.id, ...doneBy(input.doer) },
  });
  return { found: true, encoders, changed };
}

import type { AgentId, EncoderInfo, Mac } from '@keyrack/protocol';
import type { AuditAction } from '../../domain/audit.ts';
import { advanceOwner, type EncoderOwner, type OwnerEvent, type Ownership } from '../../domain/encoder-owner.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Encoder, EncoderClaim } from '../../domain/places.ts';
import { claimedBy, claimsOf } from '../../queries/encoder-claims.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { countMoves } from './evidence-quota.ts';

/** An encoder whose owner, claims or dispute changed: what its agents may be asked for there did too. */
export interface OwnerChange {
  readonly propertyId: string;
  readonly mac: Mac;
  readonly owner: AgentId | null;
  readonly ownership: Ownership;
  readonly was: Ownership;
  /** Everybody who names it, the owner first. */
  readonly agents: readonly AgentId[];
}

/** Applies the event with all that follows for the encoder's row, its claims and the audit log. Null where nobody need know. */
export function changeOwner(
  tx: Tx,
  encoder: Encoder,
  event: OwnerEvent,
  now: number,
  info: EncoderInfo | null = null,
): OwnerChange | null {
  const { propertyId, mac } = encoder;
  const claims = claimsOf(tx, propertyId, mac);
  const before: EncoderOwner = {
    owner: encoder.agentId,
    ownership: encoder.ownership,
    claims: claims.map(({ agentId }) => agentId),
  };
  const after = advanceOwner(before, event, isGranted(tx, encoder));
  putClaims(tx, encoder, claims, after, event, info);
  putEncoder(tx, encoder, claims, after, event, info);
  const isSame =
    after.owner === before.owner &&
    after.ownership === before.ownership &&
    after.claims.join() === before.claims.join();
  // Whoever waits for the owner's word may have been restarted since the encoder was claimed.
  if (isSame && after.ownership !== 'claimed') return null;
  if (!isSame) note(tx, encoder, before, after, now);
  const { owner, ownership } = after;
  const agents = [...(owner === null ? [] : [owner]), ...after.claims];
  return { propertyId, mac, owner, ownership, was: before.ownership, agents };
}

/** The grant of an operation ended: an encoder that it kept where it was may belong to another agent now. */
export function grantEnded(tx: Tx, { propertyId, encoder: mac }: Operation, now: number): void {
  const encoder = tx.get('encoders', propertyId, mac);
  if (encoder?.ownership === 'released') changeOwner(tx, encoder, { type: 'grant-ended' }, now);
}

/** The agent's identity ended, or passed to another computer: what it named belongs to those who name it too. */
export function endAgentEncoders(tx: Tx, propertyId: string, agentId: AgentId, now: number): OwnerChange[] {
  const event = { type: 'agent-ended', agent: agentId } as const;
  return [...tx.find('encoders', 'byAgent', [propertyId, agentId]), ...claimedBy(tx, propertyId, agentId)].flatMap(
    (encoder) => changeOwner(tx, encoder, event, now) ?? [],
  );
}

/** A write may be under way there. */
function isGranted(tx: ReadTx, { propertyId, mac }: Encoder): boolean {
  return tx.find('operations', 'openByEncoder', [propertyId, mac]).some(({ state }) => state === 'granted');
}

function putClaims(
  tx: Tx,
  { propertyId, mac }: Encoder,
  known: readonly EncoderClaim[],
  after: EncoderOwner,
  event: OwnerEvent,
  info: EncoderInfo | null,
): void {
  for (const { agentId } of known) {
    if (!after.claims.includes(agentId)) tx.remove('encoderClaims', propertyId, mac, agentId);
  }
  if (event.type !== 'named' || info === null || !after.claims.includes(event.by)) return;
  const { name, forSignedIn, simulated = false } = info;
  const claim = known.find(({ agentId }) => agentId === event.by);
  if (claim?.name === name && claim.forSignedIn === forSignedIn && claim.simulated === simulated) return;
  const place = claim?.place ?? (known.at(-1)?.place ?? 0) + 1;
  tx.put('encoderClaims', { propertyId, mac, agentId: event.by, place, name, forSignedIn, simulated });
}

function putEncoder(
  tx: Tx,
  encoder: Encoder,
  claims: readonly EncoderClaim[],
  after: EncoderOwner,
  event: OwnerEvent,
  info: EncoderInfo | null,
): void {
  const { owner, ownership } = after;
  const byOwner = event.type === 'named' && event.by === owner ? info : null;
  // A new owner calls it what it called it so far; one that doesn't have it has it marked for nothing.
  const called = byOwner ?? (owner === encoder.agentId ? encoder : claims.find(({ agentId }) => agentId === owner));
  const name = called?.name ?? encoder.name;
  const forSignedIn = ownership === 'released' ? false : (called?.forSignedIn ?? false);
  const simulated = called === undefined ? encoder.simulated : (called.simulated ?? false);
  const isSame =
    encoder.agentId === owner &&
    encoder.ownership === ownership &&
    encoder.name === name &&
    encoder.forSignedIn === forSignedIn &&
    encoder.simulated === simulated;
  // What was chosen here was chosen for its desk.
  const { chosen, forgotten } = owner === encoder.agentId ? encoder : { chosen: null, forgotten: false };
  if (isSame) return;
  tx.put('encoders', { ...encoder, agentId: owner, ownership, name, forSignedIn, simulated, chosen, forgotten });
}

/** For people: who got the encoder, and when two desks had it. */
function note(tx: Tx, encoder: Encoder, before: EncoderOwner, after: EncoderOwner, now: number): void {
  const { mac } = encoder;
  if (before.owner !== null && after.owner !== null && before.owner !== after.owner)
    record(tx, encoder, after.owner, 'encoder-moved', { encoder: mac, from: before.owner, to: after.owner }, now);
  const [was, is] = [before.ownership === 'disputed', after.ownership === 'disputed'];
  const who = after.claims[0] ?? after.owner ?? before.owner;
  if (was === is || who === null) return;
  const details = is
    ? { encoder: mac, agents: [after.owner, ...after.claims] }
    : { encoder: mac, owner: after.ownership === 'settled' ? after.owner : null };
  record(tx, encoder, who, is ? 'encoder-disputed' : 'encoder-dispute-ended', details, now);
}

/** Desks that tell of one encoder may do so to and fro without end, which isn't worth a record each time. */
function record(
  tx: Tx,
  { propertyId }: Encoder,
  agent: AgentId,
  action: AuditAction,
  details: Readonly<Record<string, unknown>>,
  now: number,
): void {
  const room = countMoves(tx, agent, now);
  if (room === 'beyond') return;
  const noted = room === 'within' ? details : { ...details, more: 'of today are not recorded' };
  audit(tx, { propertyId, at: now, action, actor: `agent ${agent}`, details: noted });
}

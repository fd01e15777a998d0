import type { Mac, OperationId, Serial } from '@keyrack/protocol';
import { checkFrontDesk, checkRequester, type Refusal } from '../../domain/authorise.ts';
import type { Doer } from '../../domain/caller.ts';
import { mayUse } from '../../domain/encoder-owner.ts';
import { QUEUE_LIMIT } from '../../domain/limits.ts';
import type { CardType } from '../../domain/lock-type.ts';
import type { Accepted, Operation } from '../../domain/operation.ts';
import { unfinishedAtEncoder } from '../../queries/unfinished-operations.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { audit, hintAudit } from '../audit/append-audit.ts';
import { findFrontDesk, goesBySignIn, hintFrontDesk } from './find-front-desk.ts';
import { findRequester, hintRequester } from './find-requester.ts';

/** What every request for an operation says, whatever it asks for. */
export interface OperationRequest {
  readonly id: OperationId;
  readonly now: number;
  readonly deadline: number;
  readonly idleMs: number;
  readonly propertyId: string;
  readonly accountSid: string | null;
  /** Or an API key: see requester.ts. */
  readonly memberId: string;
  readonly memberVersion: number;
  readonly encoder: Mac | null;
  /** Whether one was named over /v1 that isn't there, or not any more; no unless told. */
  readonly encoderUnknown?: boolean;
  readonly request: string;
  /** Who asked over /v1, for the audit record. */
  readonly doer?: Doer;
  /** Whether this very call is carried out a second time, since nobody knew whether the first was recorded; no unless told. */
  readonly again?: boolean;
}

export type AcceptResult =
  | {
      readonly verdict: 'accepted';
      readonly operation: Operation;
      readonly changed: readonly Operation[];
      /** What to ask its agent with at once; null where others come first, or only `nextPrompt` can tell. */
      readonly prompt: FirstPrompt | null;
    }
  /** The same request is under way, or its outcome hasn't been told yet. */
  | { readonly verdict: 'joined'; readonly operation: Operation }
  /** The card was cancelled before and is blank: nothing is left to do. */
  | { readonly verdict: 'already-done'; readonly operationId: OperationId | null }
  /** `tells`: the earlier operation whose end this tells of. Its caller has heard it once the answer is out. */
  | { readonly verdict: 'refused'; readonly refusal: Refusal; readonly tells?: Operation };

/** Of an operation that nothing waits before. A prompt binds nobody: all is checked again before the grant. */
export interface FirstPrompt {
  readonly room: string | null;
}

/**
 * The result of this very call's first run, or null. The store may run a transaction twice when a commit's outcome was unknown:
 * an operation with this id means that the other run was recorded, whichever came first.
 */
export function acceptedBefore(tx: ReadTx, { propertyId, id }: OperationRequest): AcceptResult | null {
  const operation = tx.get('operations', propertyId, id);
  return operation === undefined ? null : { verdict: 'accepted', operation, changed: [], prompt: null };
}

/** Why this requester may not ask. Checked first, so that nobody else learns what the property holds. */
export function refusalOfRequester(tx: ReadTx, input: OperationRequest): Refusal | null {
  const requester = findRequester(tx, input, input.now);
  const refusal = checkRequester(requester);
  if (refusal !== null) return refusal;
  if (input.encoderUnknown === true) return { cause: 'encoder-unknown' };
  if (requester.kind === 'key') return input.encoder === null ? { cause: 'encoder-not-named' } : null;
  // The password was checked against another version of this member.
  return requester.member?.version === input.memberVersion ? null : { cause: 'creator-or-password' };
}

export function refuseRequest(
  tx: Tx,
  input: OperationRequest,
  kind: Operation['kind'],
  refusal: Refusal,
  details: Readonly<Record<string, unknown>>,
): Extract<AcceptResult, { readonly verdict: 'refused' }> {
  audit(tx, {
    propertyId: input.propertyId,
    at: input.now,
    action: 'operation-refused',
    actor: actorOf(input),
    details: { kind, cause: refusal.cause, ...requesterDetails(input), encoder: input.encoder, ...details },
  });
  return { verdict: 'refused', refusal };
}

export interface NewOperation {
  readonly kind: Operation['kind'];
  readonly cardType: CardType;
  readonly serial: Serial | null;
  readonly recordId: string | null;
  /** The name of its room, where it has one. */
  readonly room: string | null;
  /** For the audit record; names no guest. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Checks the front desk that a request goes to, and records the operation with its audit record. */
export function acceptRequest(tx: Tx, input: OperationRequest, wanted: NewOperation): AcceptResult {
  const { propertyId, now } = input;
  const { kind, cardType, serial, recordId } = wanted;
  const desk = findFrontDesk(tx, { ...input, cardType });
  const bySignIn = goesBySignIn({ ...input, cardType });
  const unreachable = checkFrontDesk(bySignIn, desk, input);
  if (unreachable !== null) return refuseRequest(tx, input, kind, unreachable, wanted.details);
  const { agent, encoder, signIn } = desk;
  if (agent === undefined || encoder === undefined) throw new Error('checkFrontDesk let an unknown desk pass');
  const before = unfinishedAtEncoder(tx, propertyId, encoder.mac).length;
  if (before > QUEUE_LIMIT) {
    return refuseRequest(tx, input, kind, { cause: 'encoder-busy' }, wanted.details);
  }
  const details = { kind, ...requesterDetails(input), encoder: encoder.mac, ...wanted.details };
  const actor = actorOf(input);
  const place = audit(tx, { propertyId, at: now, action: 'operation-accepted', actor, operationId: input.id, details });
  const operation: Accepted = {
    propertyId,
    id: input.id,
    kind,
    place,
    accountSid: input.accountSid,
    memberId: input.memberId,
    cardType,
    encoder: encoder.mac,
    agentId: agent.id,
    serial,
    recordId,
    request: input.request,
    acceptedAt: now,
    deadline: input.deadline,
    held: false,
    // Whoever asks over /v1 can look how it ended, so that no repeat is told of it.
    caller: input.doer === undefined ? 'waiting' : 'told',
    callerAt: now,
    reading: null,
    opened: false,
    shown: null,
    state: 'accepted',
    grant: null,
    cause: null,
    settledAt: null,
  };
  tx.put('operations', operation);
  if (!encoder.used) tx.put('encoders', { ...encoder, used: true });
  if (signIn !== undefined) tx.put('signIns', { ...signIn, lastActiveAt: now });
  const isFirst = before === 0 && mayUse(encoder, agent.id);
  return { verdict: 'accepted', operation, changed: [operation], prompt: isFirst ? { room: wanted.room } : null };
}

/** How an audit record tells who asked, besides its actor. */
export function requesterDetails({ memberId, doer }: Pick<OperationRequest, 'memberId' | 'doer'>) {
  return doer === undefined ? { member: memberId } : { by: doer.by, from: doer.from };
}

export function actorOf({
  accountSid,
  memberId,
  doer,
}: Pick<OperationRequest, 'accountSid' | 'memberId' | 'doer'>): string {
  if (doer !== undefined) return doer.actor;
  return accountSid === null ? `member ${memberId}` : `account ${accountSid}`;
}

/** Equal requests that are looked at, the newest first. More than that don't wait at one encoder. */
export const LOOKED_AT = 16;

/** What every acceptance asks for. */
export function hintAcceptance(hint: Hint, input: OperationRequest): void {
  const { propertyId, id, request } = input;
  hint.get('operations', propertyId, id);
  hintRequester(hint, propertyId, input);
  hint.find('operations', 'byRequest', [propertyId, request], { reverse: true, limit: LOOKED_AT });
  hintFrontDesk(hint, input);
  hintAudit(hint, propertyId);
}

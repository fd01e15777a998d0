import {
  BLANK,
  type CardContent,
  type InstanceId,
  type Mac,
  type Nonce,
  type OperationId,
  type Reading,
  type Serial,
} from '@keyrack/protocol';
import { checkCardType, checkRequester, isSignedIn, type Refusal } from '../../domain/authorise.ts';
import { isSameKey } from '../../domain/guest.ts';
import { judgeContent } from '../../domain/judge-content.ts';
import { type JudgedReading, judgeReading, type UnsealedCardKey } from '../../domain/judge-reading.ts';
import { followsSignIn } from '../../domain/lock-type.ts';
import type { Grant, Operation } from '../../domain/operation.ts';
import type { Agent, Card, CardRecord, Room } from '../../domain/places.ts';
import { newCard } from '../../domain/plastic.ts';
import { type CardVersion, isFresh } from '../../queries/card-version.ts';
import { FENCED, type Fenced, fence, type SessionRef } from '../../queries/fence-session.ts';
import { knownCard, lastGrantedOn, recordOnCard } from '../../queries/known-card.ts';
import { type Refused, refusalOfEncoder, refusalOfTurn, refusedUntil } from '../../queries/next-prompt.ts';
import { findByTag } from '../../queries/room-cards.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { findRequester } from '../accept/standing.ts';
import { change, currentEpoch } from '../outcome/change-operation.ts';
import { isLastIssued, noteSight } from '../outcome/unlifted-cards.ts';
import { prepareIssue, recordToIssue, refusalOfOccupiedCard } from './issue-card.ts';
import { settleByReading } from './settle-by-reading.ts';

export interface GrantWrite extends SessionRef {
  readonly instance: InstanceId;
  readonly nonce: Nonce;
  readonly operation: OperationId;
  readonly encoder: Mac;
  readonly serial: Serial;
  readonly content: Reading;
  readonly cardVersion: CardVersion;
  readonly cardKeys: readonly UnsealedCardKey[];
  readonly idleMs: number;
  /** Whether the agent tells when a card was lifted; one of the older protocol can't. */
  readonly tellsLifting: boolean;
  readonly now: number;
}

export type GrantWriteResult =
  | Fenced
  | (Refused & { readonly changed: readonly Operation[] })
  | { readonly verdict: 'granted'; readonly grant: Grant; readonly changed: readonly Operation[] }
  /** A read ends here. */
  | { readonly verdict: 'recorded'; readonly changed: readonly Operation[] };

/**
 * An agent read the card and asks to carry the operation out. Settles what this reading can tell about earlier
 * operations, checks everything again that could have changed since the acceptance, and records the grant.
 */
export function grantWrite(tx: Tx, input: GrantWrite): GrantWriteResult {
  const { propertyId, serial, content, now } = input;
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const actor = `agent ${agent.id}`;

  let card = tx.get('cards', propertyId, serial);
  if (!isFresh(tx, propertyId, input.cardVersion))
    return { ...refusedUntil('next-prompt', { cause: 'opened-too-early' }), changed: [] };
  noteSight(tx, propertyId, serial, input.encoder);
  const changed: Operation[] = [];
  if (card !== undefined) {
    const settled = settleByReading(tx, card, content, now, actor);
    card = settled.card;
    changed.push(...settled.changed);
  }

  const operation = tx.get('operations', propertyId, input.operation);
  const refused = refusalOfEncoder(tx, agent, input.encoder) ?? refusalOfTurn(tx, operation, input.encoder, now);
  if (refused !== null || operation === undefined) {
    return { ...(refused ?? refusedUntil('next-prompt', { cause: 'operation-over' })), changed };
  }
  const ended = refusalSinceAccepted(tx, operation, agent, input);
  if (ended !== null) {
    const next = change(tx, operation, { type: 'refused', cause: ended.cause, at: now }, now, actor);
    return { ...refusedUntil('next-prompt', ended), changed: next === null ? changed : [...changed, next] };
  }
  if (operation.kind === 'read') return recordRead(tx, operation, input, actor, changed);
  const known = knownCard(tx, propertyId, serial);
  const judged = judgeReading(content, serial, propertyId, input.cardKeys, known);
  const isTorn = known.plastic !== 'whole' && judged.kind === 'refused' && judged.cause === 'card-garbled';
  const refusal =
    refusalOfCard(operation, serial, content, isTorn) ??
    refusalOfSameKey(tx, operation, serial, judged, now) ??
    refusalOfUnliftedCard(tx, operation, input) ??
    (isTorn ? null : refusalOfContent(tx, operation, content, now));
  if (refusal !== null) {
    const next = change(tx, operation, { type: 'put-off', cause: refusal.cause, serial }, now, actor);
    return { ...refusedUntil('card-changes', refusal), changed: next === null ? changed : [...changed, next] };
  }

  const grant: Grant = {
    nonce: input.nonce,
    agentId: agent.id,
    session: input.session,
    instance: input.instance,
    serial,
    before: content as CardContent,
    target: targetOf(tx, operation, input),
    at: now,
    life: currentEpoch(tx),
  };
  if (card === undefined) tx.put('cards', newCard(propertyId, serial));
  const next = change(tx, operation, { type: 'granted', grant, recordId: recordOf(tx, operation) }, now, actor);
  if (next === null) throw new Error(`operation ${operation.id} is next but can't be granted`);
  return { verdict: 'granted', grant, changed: [...changed, next] };
}

/** The card record that it is about. What nobody could tell when a cancel was asked for, this reading may have told. */
function recordOf(tx: ReadTx, { kind, propertyId, serial, recordId }: Operation): string | null {
  const card = kind === 'cancel' && serial !== null ? tx.get('cards', propertyId, serial) : undefined;
  return card === undefined ? recordId : (recordOnCard(tx, card)?.id ?? recordId);
}

/** What is to be written: a blank for a cancel, the image of its record for an issue. */
function targetOf(tx: Tx, operation: Operation, { serial, cardKeys, now }: GrantWrite): CardContent {
  if (operation.kind === 'cancel') return BLANK;
  const found = recordToIssue(tx, operation, now);
  if ('refusal' in found) throw new Error(`operation ${operation.id} has nothing to issue`);
  return prepareIssue(tx, found.record, found.room, serial, cardKeys, now);
}

/** A read ends with the card that lies there, whatever it is; only a genuine or blank one is a success. */
function recordRead(
  tx: Tx,
  operation: Operation,
  { serial, content, cardKeys, now }: GrantWrite,
  actor: string,
  changed: readonly Operation[],
): GrantWriteResult {
  const known = knownCard(tx, operation.propertyId, serial);
  const judged = judgeReading(content, serial, operation.propertyId, cardKeys, known);
  const next = change(
    tx,
    operation,
    judged.kind === 'refused'
      ? { type: 'refused', cause: judged.cause, at: now }
      : { type: 'read', serial, reading: content, at: now },
    now,
    actor,
  );
  return { verdict: 'recorded', changed: next === null ? changed : [...changed, next] };
}

/** What could have changed since the acceptance and ends the operation, whatever card lies there. */
function refusalSinceAccepted(
  tx: ReadTx,
  operation: Operation,
  agent: Agent,
  { idleMs, now }: GrantWrite,
): Refusal | null {
  const { propertyId } = operation;
  const refusal = checkRequester(findRequester(tx, operation));
  if (refusal !== null) return refusal;
  if (followsSignIn(operation.cardType)) {
    const signIn = tx.get('signIns', propertyId, operation.memberId);
    if (!isSignedIn(signIn, { now, idleMs }) || signIn.agentId !== agent.id) return { cause: 'not-signed-in' };
  }
  switch (operation.kind) {
    case 'read':
      return null;
    case 'issue': {
      const found = recordToIssue(tx, operation, now);
      return 'refusal' in found ? found.refusal : refusalOfLock(operation, found.room);
    }
    case 'cancel': {
      const card = operation.serial === null ? undefined : tx.get('cards', propertyId, operation.serial);
      if (card === undefined) return { cause: 'card-unknown' };
      const record = recordOnCard(tx, card);
      if (record === undefined) return { cause: 'card-never-issued' };
      if (isIssuedSince(tx, operation, card, record)) return { cause: 'card-issued-anew' };
      const room = tx.get('rooms', propertyId, record.roomId);
      return room === undefined ? { cause: 'card-never-issued' } : refusalOfLock(operation, room);
    }
  }
}

/**
 * Whether the card holds another guest's record than it did when its cancel was asked for. The order of acceptance counts
 * too: a clock that was set back since makes what is later look older.
 */
function isIssuedSince(tx: ReadTx, cancel: Operation, card: Card, record: CardRecord): boolean {
  if (record.id === cancel.recordId) return false;
  const writer = lastGrantedOn(tx, card);
  return (record.issuedAt ?? 0) > cancel.acceptedAt || (writer !== undefined && writer.place > cancel.place);
}

/** The lock type was right when the operation was accepted. */
function refusalOfLock({ cardType }: Operation, { lockType }: Room): Refusal | null {
  return checkCardType(cardType, lockType) === null ? null : { cause: 'lock-changed' };
}

function refusalOfCard(operation: Operation, serial: Serial, content: Reading, isTorn: boolean): Refusal | null {
  if (operation.kind === 'read') return null;
  if (operation.kind === 'cancel' && operation.serial !== serial) {
    return { cause: 'other-card', facts: { serial: operation.serial ?? '' } };
  }
  const cause = judgeContent(operation.kind, content, operation.propertyId, isTorn);
  return cause === null ? null : { cause };
}

/**
 * A card that already is the key asked for isn't written once more (contract, "Which plastic an issue may take"): else a
 * couple's second key is made on the first one's plastic, and one of them stands outside.
 */
function refusalOfSameKey(
  tx: ReadTx,
  operation: Operation,
  serial: Serial,
  judged: JudgedReading,
  now: number,
): Refusal | null {
  if (operation.kind !== 'issue') return null;
  const found = recordToIssue(tx, operation, now);
  if ('refusal' in found) return null;
  const record = judged.kind === 'genuine' ? findByTag(tx, operation.propertyId, judged.image) : undefined;
  const isThatKey = record?.status === 'active' && record.serial === serial && isSameKey(found.record, record);
  return isThatKey ? { cause: 'card-already-issued', facts: { serial } } : null;
}

/** Nor is one that was issued last here and hasn't been lifted since. An agent that can't tell isn't held to it. */
function refusalOfUnliftedCard(tx: ReadTx, operation: Operation, input: GrantWrite): Refusal | null {
  const { propertyId, encoder, serial } = input;
  if (operation.kind !== 'issue' || !input.tellsLifting) return null;
  return isLastIssued(tx, propertyId, encoder, serial) ? { cause: 'card-not-lifted', facts: { serial } } : null;
}

/** An issue doesn't take a card away from another room. */
function refusalOfContent(tx: ReadTx, operation: Operation, content: Reading, now: number): Refusal | null {
  if (operation.kind !== 'issue' || content === 'unreadable') return null;
  const found = recordToIssue(tx, operation, now);
  return 'refusal' in found ? found.refusal : refusalOfOccupiedCard(tx, content, found.room, now);
}

import type { CardContent, InstanceId, Mac, Nonce, OperationId, Reading, Serial } from '@keyrack/protocol';
import { judgeReading, type UnsealedCardKey } from '../../domain/judge-reading.ts';
import type { Grant, Operation } from '../../domain/operation.ts';
import { newCard } from '../../domain/plastic.ts';
import { type CardVersion, isFresh } from '../../queries/card-version.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import { hintReading, knownCard, recordOnCard } from '../../queries/known-card.ts';
import { hintTurn, type Refused, refusalOfEncoder, refusalOfTurn, refusedUntil } from '../../queries/next-prompt.ts';
import { hintRoomCards } from '../../queries/room-cards.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { hintRequester } from '../accept/find-requester.ts';
import { change, hintChange } from '../outcome/record-next-state.ts';
import { noteSight } from '../outcome/unlifted-cards.ts';
import { imageToWrite } from './image-to-write.ts';
import {
  refusalOfCard,
  refusalOfContent,
  refusalOfSameKey,
  refusalOfUnliftedCard,
  refusalSinceAccepted,
} from './refusals-at-grant.ts';
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
 * Grants an agent the write of the card that it has read. Settles earlier operations by this reading, checks everything anew that
 * may have changed since the acceptance, and records the grant. Without that record nothing may be written.
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
    const next = change(tx, operation, { type: 'refused', cause: ended.cause, serial: null, at: now }, now, actor);
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
    (isTorn ? null : refusalOfContent(tx, operation, serial, content, now));
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
    target: imageToWrite(tx, operation, input),
    at: now,
    life: currentEpoch(tx),
  };
  if (card === undefined) tx.put('cards', newCard(propertyId, serial));
  const next = change(tx, operation, { type: 'granted', grant, recordId: recordOf(tx, operation) }, now, actor);
  if (next === null) throw new Error(`operation ${operation.id} is next but can't be granted`);
  return { verdict: 'granted', grant, changed: [...changed, next] };
}

/** The card record that the grant is about. For a cancel, this reading may have told which record is on the card. */
function recordOf(tx: ReadTx, { kind, propertyId, serial, recordId }: Operation): string | null {
  const card = kind === 'cancel' && serial !== null ? tx.get('cards', propertyId, serial) : undefined;
  return card === undefined ? recordId : (recordOnCard(tx, card)?.id ?? recordId);
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
      ? { type: 'refused', cause: judged.cause, serial, at: now }
      : { type: 'read', serial, reading: content, at: now },
    now,
    actor,
  );
  return { verdict: 'recorded', changed: next === null ? changed : [...changed, next] };
}

grantWrite.hints = (hint: Hint, input: GrantWrite) => {
  const { propertyId, serial, content } = input;
  hintFence(hint, input);
  const operation = hintTurn(hint, input);
  hintRequester(hint, propertyId, { accountSid: operation.of('accountSid'), memberId: operation.of('memberId') });
  hint.get('signIns', propertyId, operation.of('memberId'));
  const { record: known, last } = hintReading(hint, propertyId, serial, content);
  hint.get('encoders', propertyId, last.of('encoder'));
  hint.get('rooms', propertyId, known.of('roomId'));
  const { record } = hintChange(hint, propertyId, operation);
  hint.get('rooms', propertyId, record.of('roomId'));
  hintRoomCards(hint, propertyId, record.of('roomId'), record.of('sameAs'));
};

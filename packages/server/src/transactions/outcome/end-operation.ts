import type { Mac, Nonce, OperationId, Reading, Serial } from '@keyrack/protocol';
import { type Cause, isOfTheCard } from '../../domain/causes.ts';
import { mayUse } from '../../domain/encoder-owner.ts';
import { REPEAT_WINDOW_MS } from '../../domain/limits.ts';
import { type Caller, isTerminal, type Operation } from '../../domain/operation.ts';
import { ageOf } from '../../domain/stamps.ts';
import { type CardVersion, isFresh } from '../../queries/card-version.ts';
import { FENCED, type Fenced, fence, type SessionRef } from '../../queries/fence-session.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { walk } from '../../store/walk.ts';
import { settleByReading } from '../at-encoder/settle-by-reading.ts';
import type { Changes } from '../journal/changes.ts';
import { change } from './change-operation.ts';
import { noteSight } from './unlifted-cards.ts';

/** The agent did not obey a grant, and never will: the operation is free for another try while there is time. */
export function recordNotWritten(
  tx: Tx,
  input: SessionRef & { readonly operation: OperationId; readonly nonce: Nonce; readonly now: number },
): Fenced | ({ readonly verdict: 'recorded' } & Changes) {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const operation = tx.get('operations', input.propertyId, input.operation);
  const { nonce, agentId } = operation?.grant ?? {};
  if (operation?.state !== 'granted' || nonce !== input.nonce || agentId !== agent.id)
    return { verdict: 'recorded', changed: [] };
  const next = change(
    tx,
    operation,
    { type: 'not-written', cause: 'card-changed', at: input.now },
    input.now,
    `agent ${agent.id}`,
  );
  return { verdict: 'recorded', changed: next === null ? [] : [next] };
}

/** A card was read to settle an earlier operation on it. */
export function recordReading(
  tx: Tx,
  input: SessionRef & {
    readonly encoder: Mac;
    readonly serial: Serial;
    readonly content: Reading;
    readonly cardVersion: CardVersion;
    readonly now: number;
  },
): Fenced | ({ readonly verdict: 'recorded' } & Changes) {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const card = tx.get('cards', input.propertyId, input.serial);
  if (card === undefined || !isFresh(tx, input.propertyId, input.cardVersion))
    return { verdict: 'recorded', changed: [] };
  noteSight(tx, input.propertyId, input.serial, input.encoder);
  const { changed } = settleByReading(tx, card, input.content, input.now, `agent ${agent.id}`);
  return { verdict: 'recorded', changed };
}

/**
 * The person at the desk doesn't want what is asked there. Says nothing of what waits at another desk, or where two have
 * the encoder.
 */
export function declineOperation(
  tx: Tx,
  input: SessionRef & { readonly operation: OperationId; readonly now: number },
): Fenced | ({ readonly verdict: 'recorded' } & Changes) {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const { propertyId, now } = input;
  const operation = tx.get('operations', propertyId, input.operation);
  const encoder = operation === undefined ? undefined : tx.get('encoders', propertyId, operation.encoder);
  if (operation === undefined || encoder === undefined || !mayUse(encoder, agent.id))
    return { verdict: 'recorded', changed: [] };
  const next = change(tx, operation, { type: 'withdrawn', cause: 'declined', at: now }, now, `agent ${agent.id}`);
  return { verdict: 'recorded', changed: next === null ? [] : [next] };
}

/** Ends an operation that wasn't granted: withdrawn by the one who asked. */
export function withdrawOperation(
  tx: Tx,
  input: {
    readonly propertyId: string;
    readonly operation: OperationId;
    readonly cause: Cause;
    readonly actor: string;
    readonly now: number;
  },
): Changes {
  const operation = tx.get('operations', input.propertyId, input.operation);
  if (operation === undefined) return { changed: [] };
  const next = change(tx, operation, { type: 'withdrawn', cause: input.cause, at: input.now }, input.now, input.actor);
  return { changed: next === null ? [] : [next] };
}

/** Rejects an operation that can't begin, e.g. since its encoder turned out to be offline. */
export function refuseOperation(
  tx: Tx,
  input: { readonly propertyId: string; readonly operation: OperationId; readonly cause: Cause; readonly now: number },
): Changes {
  const operation = tx.get('operations', input.propertyId, input.operation);
  if (operation === undefined) return { changed: [] };
  const next = change(tx, operation, { type: 'refused', cause: input.cause, at: input.now }, input.now, 'server');
  return { changed: next === null ? [] : [next] };
}

/**
 * Ends every operation that was not granted by its deadline, of any property, and those of `waited` that have waited for
 * as long as they may by a clock that can't jump. Milliseconds.
 */
export function expireDue(
  tx: Tx,
  {
    now,
    waited,
  }: {
    readonly now: number;
    readonly waited: readonly { readonly propertyId: string; readonly id: OperationId; readonly waitedMs: number }[];
  },
): Changes {
  const changed: Operation[] = [];
  for (const operation of tx.find('operations', 'acceptedDue', [], { before: now + 1, limit: EXPIRED_AT_ONCE })) {
    const next = change(
      tx,
      withCauseOfTurn(tx, operation, now),
      { type: 'expired', at: now, waitedMs: 0 },
      now,
      'server',
    );
    if (next !== null) changed.push(next);
  }
  for (const { propertyId, id, waitedMs } of waited) {
    const operation = tx.get('operations', propertyId, id);
    if (operation?.state !== 'accepted') continue;
    const next = change(tx, withCauseOfTurn(tx, operation, now), { type: 'expired', at: now, waitedMs }, now, 'server');
    if (next !== null) changed.push(next);
  }
  return { changed };
}

/** More that are due at one time end with the next look, some seconds later. */
const EXPIRED_AT_ONCE = 1_000;

/** A turn that was shorter than this says nothing of the card. Milliseconds. */
const SHORT_TURN_MS = 1_000;

/**
 * What the caller hears of the encoder, where that is why no card was asked for: two desks have it, or nobody has it now.
 * Whoever waited behind an operation that the card on the encoder wouldn't do for, and had no turn to speak of, hears of
 * that card, and not that none was put there.
 */
function withCauseOfTurn(tx: ReadTx, operation: Operation, now: number): Operation {
  const { propertyId, encoder, kind, state, cause } = operation;
  if (state !== 'accepted') return operation;
  // Nobody was asked for a card since then, whatever lay there before.
  const ownership = tx.get('encoders', propertyId, encoder)?.ownership;
  if (ownership === 'disputed' || ownership === 'claimed') return { ...operation, cause: 'encoder-disputed' };
  if (cause !== null) return operation;
  // It was unplugged, or its owner was cut off or went silent, and it is no other agent's yet.
  if (ownership === 'released') return { ...operation, cause: 'encoder-offline' };
  const [before] = tx.find('operations', 'expiredByEncoder', [propertyId, encoder], { reverse: true, limit: 1 });
  if (before?.kind !== kind || !isOfTheCard(before.cause)) return operation;
  const turnMs = ageOf(before.settledAt ?? 0, now);
  if (turnMs === null || turnMs >= SHORT_TURN_MS) return operation;
  return { ...operation, cause: before.cause, shown: before.shown };
}

/** Notes what the caller knows. Returns the operation as it is at that moment: it may have ended just before. */
export function noteCaller(
  tx: Tx,
  input: {
    readonly propertyId: string;
    readonly operation: OperationId;
    readonly caller: Caller;
    readonly now: number;
    /** Of the operation as the caller knew it, where the note comes late: nothing is noted if somebody asked since. */
    readonly callerAt?: number;
  },
): Operation | null {
  const operation = tx.get('operations', input.propertyId, input.operation);
  if (operation === undefined) return null;
  if (input.callerAt !== undefined && input.callerAt !== operation.callerAt) return operation;
  // Who learns that it is open while it has just ended is told how it ended.
  if (input.caller === 'told-open' && isTerminal(operation)) return operation;
  // Another who asked for the same hasn't heard it, and may still ask.
  if (input.caller === 'told' && operation.caller !== 'waiting') return operation;
  const next = { ...operation, caller: input.caller, callerAt: input.now };
  tx.put('operations', next);
  return next;
}

/**
 * After a restart nobody waits any more: callers of what is under way, or not known to have ended, count as gone, and so
 * do those of what ended lately without a record that they were told.
 */
export function callersGone(tx: Tx, { now }: { readonly now: number }): number {
  let gone = 0;
  for (const index of ['notHeard', 'issuedNotHeard'] as const) {
    for (const operation of walk(tx, 'operations', index, [])) {
      // Who asked again for what had ended may ask for as long as who asked first.
      const isLate =
        isTerminal(operation) && now - Math.max(operation.settledAt, operation.callerAt) >= REPEAT_WINDOW_MS;
      // Of what ended long ago nobody asks any more. It keeps its time, so that no repeat joins it.
      tx.put('operations', { ...operation, caller: 'left', callerAt: isLate ? operation.callerAt : now });
      if (!isLate) gone += 1;
    }
  }
  return gone;
}

import type { Cause } from '../../domain/causes.ts';
import { REPEAT_WINDOW_MS } from '../../domain/limits.ts';
import { isTerminal, type Operation, type Settled } from '../../domain/operation.ts';
import { isErased } from '../../domain/plastic.ts';
import { ageOf } from '../../domain/stamp-age.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { type AcceptResult, LOOKED_AT, type OperationRequest, refuseRequest } from './accept-request.ts';

/**
 * The operation that this request is a repeat of, if there is one (docs/room-card-api.md, "Open outcomes, repeats and
 * waits"). Its caller counts as waiting from now on, even where the operation has ended. `heard-callers.ts` records
 * that the caller heard, once the answer is out. If the server dies before, a repeat gets the outcome again.
 */
export function joinRepeat(tx: Tx, input: OperationRequest, kind: Operation['kind']): AcceptResult | null {
  const newest = tx.find('operations', 'byRequest', [input.propertyId, input.request], {
    reverse: true,
    limit: LOOKED_AT,
  });
  switch (kind) {
    case 'read':
      return joinRead(tx, input, newest);
    case 'cancel':
      return joinCancel(tx, input, newest);
    case 'issue':
      return joinIssue(tx, input, newest);
  }
}

/**
 * Joins a read that still waits for its card. A caller must hear what was read after its question, so it joins no read for which a
 * card was opened already: another card may lie there by now.
 */
function joinRead(tx: Tx, input: OperationRequest, equal: readonly Operation[]): AcceptResult | null {
  const waiting = equal.find(({ state, opened }) => state === 'accepted' && !opened);
  return waiting === undefined ? null : join(tx, input, waiting);
}

/** Joins a cancel under way, or one whose caller didn't hear its end, as long as that end is still true of the card. */
function joinCancel(tx: Tx, input: OperationRequest, [newest]: readonly Operation[]): AcceptResult | null {
  if (newest === undefined) return null;
  if (!isTerminal(newest)) {
    return isJoinable(newest, input) ? join(tx, input, newest) : null;
  }
  const hasYetToCatchUp = missedEnd(newest) || isJoinedAlready(newest, input);
  if (!hasYetToCatchUp || !isJoinable(newest, input) || !isStillTrue(tx, newest)) return null;
  // A cancel that succeeded may be asked for again and again: it stays what it was.
  return newest.state === 'succeeded' ? { verdict: 'joined', operation: newest } : join(tx, input, newest);
}

/** Joins an issue whose caller never heard its end. Any other issue is one more card. */
function joinIssue(tx: Tx, input: OperationRequest, equal: readonly Operation[]): AcceptResult | null {
  const missed = equal.find(
    (each) =>
      isJoinedAlready(each, input) ||
      (missedEnd(each) && isJoinable(each, input) && mayHaveWritten(each) && !isMendedSince(tx, each)),
  );
  if (missed === undefined) return null;
  const joined = join(tx, input, missed);
  const cause = missed.state === 'succeeded' ? refusalSinceAccepted(tx, missed) : null;
  if (cause === null) return joined;
  const { serial, id } = missed;
  const refusal = { cause, facts: { serial: serial ?? '' } };
  return { ...refuseRequest(tx, input, 'issue', refusal, { repeats: id }), tells: joined.operation };
}

function join(
  tx: Tx,
  { now }: OperationRequest,
  operation: Operation,
): Extract<AcceptResult, { readonly verdict: 'joined' }> {
  const joined = { ...operation, caller: 'waiting', callerAt: now } as const;
  tx.put('operations', joined);
  return { verdict: 'joined', operation: joined };
}

function missedEnd({ caller }: Operation): boolean {
  return caller === 'told-open' || caller === 'left';
}

/**
 * Whether this very call has joined it already, the first time that it was carried out. Taken for a new request, it would
 * make a second card.
 */
function isJoinedAlready({ caller, callerAt, acceptedAt }: Operation, { again, now }: OperationRequest): boolean {
  return again === true && caller === 'waiting' && callerAt === now && acceptedAt !== now;
}

/**
 * Whether a request may be a repeat of this operation by its age. A repeat always joins an operation under way. If the clock
 * was set back, the age is unknown. An ended operation counts as old then: the caller means the card as it is now. An
 * operation without a known end is joined, so that no second write comes on top of it.
 */
function isJoinable(operation: Operation, { now }: OperationRequest): boolean {
  if (operation.state === 'accepted' || operation.state === 'granted') return true;
  const age = ageOf(operation.callerAt, now);
  return age === null ? !isTerminal(operation) : age < REPEAT_WINDOW_MS;
}

/**
 * Whether the repeat of a caller who hung up is told of this issue. An issue that ended without a write is carried out anew.
 * A caller who was told that the outcome is open hears how it ended in any case.
 */
function mayHaveWritten(operation: Operation): boolean {
  if (operation.caller === 'told-open' || !isTerminal(operation)) return true;
  return operation.state === 'succeeded' || operation.state === 'damaged' || operation.state === 'written-off';
}

/**
 * Whether an issue left its card half written, and the card was granted something else since: cancelled, most likely.
 * "Damaged" isn't the truth about the card any more then, and there is no key to tell of: the request is carried out anew.
 */
function isMendedSince(tx: ReadTx, { state, propertyId, serial, id }: Operation): boolean {
  if (state !== 'damaged' && state !== 'written-off') return false;
  return serial !== null && tx.get('cards', propertyId, serial)?.lastGranted !== id;
}

/**
 * Whether how a cancel ended is still the truth about its card. "Cancelled" isn't once the card has been granted something
 * else, or may have been in an epoch of the database that is lost: whoever asks then means the card as it is now, and a wrong
 * "success" opens a door. Nor is "damaged" after another grant, or any failure where the card was cancelled since.
 */
function isStillTrue(tx: ReadTx, { state, propertyId, serial, id }: Settled): boolean {
  const card = serial === null ? undefined : tx.get('cards', propertyId, serial);
  if (card === undefined) return state !== 'succeeded';
  const erased = isErased(card, currentEpoch(tx));
  switch (state) {
    case 'succeeded':
      return erased && card.lastGranted === id;
    case 'damaged':
      return card.lastGranted === id;
    default:
      return !erased;
  }
}

/**
 * Why the card isn't what the issue made any more: it was cancelled, superseded or granted something else since. A card that
 * is damaged, or that nobody read since a restore, may still be it or not. Null where it is.
 */
function refusalSinceAccepted(tx: ReadTx, { propertyId, serial, id, recordId }: Settled): Cause | null {
  const card = serial === null ? undefined : tx.get('cards', propertyId, serial);
  const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  if (record?.status !== 'active' || card?.lastGranted !== id) return 'issued-card-changed';
  const isKnown = card.plastic === 'written' && card.knownInLife === currentEpoch(tx);
  return isKnown ? null : 'issued-card-unsure';
}

import type { OperationId } from '@keyrack/protocol';
import type { Refusal } from '../../domain/authorise.ts';
import type { Cause } from '../../domain/causes.ts';
import { type CopySet, leftOf, nextStep, nextStepAtStart } from '../../domain/copy-set.ts';
import { FLAG } from '../../domain/issue-image.ts';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord } from '../../domain/places.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { walk } from '../../store/walk-pages.ts';
import { audit } from '../audit/append-audit.ts';
import { type AcceptIssue, acceptCard } from './accept-issue.ts';
import { type AcceptResult, type FirstPrompt, refusalOfRequester, refuseRequest } from './accept-request.ts';
import { keepCopy } from './keep-copy.ts';

export interface AcceptNextCopy {
  readonly propertyId: string;
  /** Id of the set. */
  readonly set: string;
  /** What the next operation and its card record are called, if one is accepted. */
  readonly operation: OperationId;
  readonly recordId: string;
  readonly now: number;
}

export type AcceptNextCopyResult =
  | {
      readonly verdict: 'accepted';
      readonly operation: Operation;
      readonly changed: readonly Operation[];
      readonly prompt: FirstPrompt | null;
    }
  /** Its newest operation goes on. */
  | { readonly verdict: 'waits' }
  /** No further card is made. */
  | { readonly verdict: 'over' };

/**
 * Accepts the next card of a set, where the one before has succeeded; stops the set where it hasn't. Everything that the issue was
 * checked for is checked anew. It may run any number of times: a set that has gone on by then only says so.
 */
export function acceptNextCopy(tx: Tx, input: AcceptNextCopy): AcceptNextCopyResult {
  const { propertyId, now } = input;
  const set = tx.get('copySets', propertyId, input.set);
  if (set === undefined || set.state !== 'running') return { verdict: 'over' };
  const newest = newestOf(tx, set);
  // This very call was carried out before, and nobody knew.
  if (newest?.id === input.operation) return { verdict: 'accepted', operation: newest, changed: [], prompt: null };
  const step = nextStep(set, newest, { now, epoch: currentEpoch(tx) });
  switch (step.do) {
    case 'wait':
      return { verdict: 'waits' };
    case 'finish':
      tx.put('copySets', { ...set, state: 'done', endedAt: now });
      return { verdict: 'over' };
    case 'stop':
      stopSet(tx, set, step.cause, now);
      return { verdict: 'over' };
    case 'accept': {
      const accepted = acceptCopy(tx, set, input);
      if (accepted.verdict !== 'accepted') {
        stopSet(tx, set, accepted.verdict === 'refused' ? accepted.refusal.cause : 'not-carried-out', now);
        return { verdict: 'over' };
      }
      keepCopy(tx, set, accepted.operation.id);
      return accepted;
    }
  }
}

/** Withdraws what sets have left, of any property, since the server was started anew: whoever stood there may have gone. */
export function copiesInterrupted(tx: Tx, { now }: { readonly now: number }): number {
  let stopped = 0;
  for (const set of walk(tx, 'copySets', 'running', [])) {
    const step = nextStepAtStart(set, newestOf(tx, set), { now, epoch: currentEpoch(tx) });
    if (step.do === 'finish') tx.put('copySets', { ...set, state: 'done', endedAt: now });
    if (step.do !== 'stop') continue;
    stopSet(tx, set, step.cause, now);
    stopped += 1;
  }
  return stopped;
}

/** Ends a set: no further card of it is made. What is left undone is told in the audit log. */
export function stopSet(tx: Tx, set: CopySet, cause: Cause, now: number, by?: CopySet['doer']): void {
  const { propertyId, id, of, operations } = set;
  tx.put('copySets', { ...set, state: 'stopped', cause, endedAt: now });
  if (leftOf(set) === 0) return;
  const who = by === undefined ? {} : { by: by.by, from: by.from };
  const details = { set: id, of, accepted: operations.length, left: leftOf(set), cause, ...who };
  audit(tx, { propertyId, at: now, action: 'copies-withdrawn', actor: by?.actor ?? 'server', details });
}

export function newestOf(tx: ReadTx, { propertyId, operations }: CopySet): Operation | undefined {
  const id = operations.at(-1);
  return id === undefined ? undefined : tx.get('operations', propertyId, id);
}

function acceptCopy(tx: Tx, set: CopySet, input: AcceptNextCopy): AcceptResult {
  const { propertyId } = set;
  const first = tx.get('cardRecords', propertyId, set.recordId);
  const room = first === undefined ? undefined : tx.get('rooms', propertyId, first.roomId);
  if (first === undefined || room === undefined) return { verdict: 'refused', refusal: { cause: 'room-unknown' } };
  // Whether they may still ask is judged anew. An API key is no member, and has no version.
  const memberVersion = tx.get('members', propertyId, set.memberId)?.version ?? 0;
  const request = requestOf(set, first, memberVersion, input);
  const refuse = (refusal: Refusal) =>
    refuseRequest(tx, request, 'issue', refusal, { room: room.id, copy: request.copy });
  const refusal = refusalOfRequester(tx, request);
  return refusal === null ? acceptCard(tx, request, room, first, refuse) : refuse(refusal);
}

/** The request for one more card like the first, at a fresh wait. */
function requestOf(
  set: CopySet,
  first: CardRecord,
  memberVersion: number,
  { operation, recordId, now }: AcceptNextCopy,
): AcceptIssue {
  const { propertyId, memberId, doer, encoder, waitMs, idleMs } = set;
  const { owner, ownerGender, ownerAreaCode, ownerMobile, validUntil, flags, roomId } = first;
  return {
    ...{ id: operation, recordId, now, deadline: now + waitMs, idleMs, propertyId, request: operation },
    ...{ accountSid: null, memberId, memberVersion, encoder, doer, roomId },
    ...{ owner, ownerGender, ownerAreaCode, ownerMobile, validUntil },
    mode: 'new',
    beginsAt: first.begun ? null : first.validFrom,
    normallyOpen: (flags & FLAG.normallyOpen) !== 0,
    networked: (flags & FLAG.networked) !== 0,
    copy: { set: set.id, number: set.operations.length + 1, of: set.of },
  };
}

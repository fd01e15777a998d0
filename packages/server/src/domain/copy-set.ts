import type { Mac, OperationId } from '@keyrack/protocol';
import type { Doer } from './caller.ts';
import type { Cause } from './causes.ts';
import { COPIES } from './limits.ts';
import type { Operation } from './operation.ts';
import { ageOf } from './stamp-age.ts';

/**
 * The cards of one issue with `copies`: equal keys of one guest, made one after the other at one encoder. Each has an operation of
 * its own, which is accepted when the one before has succeeded, so that its wait for a card begins then.
 */
export interface CopySet {
  readonly propertyId: string;
  readonly id: string;
  /** How many cards are wanted. */
  readonly of: number;
  /** The operations that were accepted so far, in their order. */
  readonly operations: readonly OperationId[];
  /** The record of the first card: the others are copies of it. It alone holds the guest's data. */
  readonly recordId: string;
  /** `stopped`: no further card is made. The last operation may go on. */
  readonly state: 'running' | 'done' | 'stopped';
  /** Why it was stopped. */
  readonly cause: Cause | null;
  /** Who asked: see requester.ts. */
  readonly memberId: string;
  readonly doer: Doer;
  readonly encoder: Mac;
  /** How long each operation waits for its card. Milliseconds. */
  readonly waitMs: number;
  readonly idleMs: number;
  /** The epoch of the database in which it began: what a restored one brings back goes no further. */
  readonly epoch: number;
  readonly begunAt: number;
  readonly endedAt: number | null;
}

/** Which card of a set an operation makes. */
export interface Copy {
  readonly propertyId: string;
  readonly operationId: OperationId;
  /** Id of the set. */
  readonly set: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** Cards of a set for which no operation was accepted yet. */
export function leftOf({ of, operations }: CopySet): number {
  return of - operations.length;
}

export type NextStep =
  /** Its newest operation goes on, or it has ended already. */
  | { readonly do: 'wait' }
  | { readonly do: 'accept' }
  | { readonly do: 'finish' }
  | { readonly do: 'stop'; readonly cause: Cause };

/**
 * What comes next in a set. A card that was made makes room for the next; any other end stops the rest, since nobody may hand out
 * fewer keys, or another's plastic, unnoticed. Where it couldn't go on for long, whoever stood there has gone.
 */
export function nextStep(
  set: CopySet,
  newest: Operation | undefined,
  { now, epoch }: { readonly now: number; readonly epoch: number },
): NextStep {
  if (set.state !== 'running') return { do: 'wait' };
  if (newest === undefined || newest.held || set.epoch !== epoch) return { do: 'stop', cause: 'restored' };
  switch (newest.state) {
    case 'accepted':
    case 'granted':
      return { do: 'wait' };
    case 'succeeded':
      if (leftOf(set) === 0) return { do: 'finish' };
      return (ageOf(newest.settledAt, now) ?? 0) > COPIES.gapMs
        ? { do: 'stop', cause: 'copies-interrupted' }
        : { do: 'accept' };
    default:
      return { do: 'stop', cause: newest.cause ?? 'not-carried-out' };
  }
}

/** The same at a start of the server: what isn't accepted yet is never accepted. The newest operation goes on by itself. */
export function nextStepAtStart(...of: Parameters<typeof nextStep>): NextStep {
  const [set] = of;
  const step = nextStep(...of);
  const goesOn = step.do === 'accept' || (step.do === 'wait' && set.state === 'running');
  return goesOn && leftOf(set) > 0 ? { do: 'stop', cause: 'copies-interrupted' } : step;
}

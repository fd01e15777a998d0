import type { OperationId } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import type { OperationEvent, OperationState } from '../../domain/operation.ts';
import type { Tx } from '../../store/store.ts';
import type { Changes } from '../journal/changes.ts';
import { change } from './record-next-state.ts';

export interface EndByHand {
  readonly propertyId: string;
  readonly operation: OperationId;
  readonly doer: Doer;
  readonly now: number;
}

export type EndedByHand =
  | { readonly verdict: 'not-found' }
  /** It isn't in a state from which it can end so. */
  | { readonly verdict: 'not-now'; readonly state: OperationState; readonly held: boolean }
  | ({ readonly verdict: 'ended' } & Changes);

/** Withdraws an operation that isn't granted yet, for whoever may. */
export function withdrawByHand(tx: Tx, input: EndByHand): EndedByHand {
  return end(tx, input, { type: 'withdrawn', cause: 'withdrawn', at: input.now }, 'accepted');
}

/**
 * Writes off an operation of which nobody can tell how it ended. It says nothing about the plastic. One that is held in a
 * restored database isn't unknown: its agent will tell.
 */
export function writeOffByHand(tx: Tx, input: EndByHand): EndedByHand {
  return end(tx, input, { type: 'written-off', at: input.now }, 'unknown');
}

function end(tx: Tx, input: EndByHand, event: OperationEvent, from: OperationState): EndedByHand {
  const { propertyId, doer, now } = input;
  const operation = tx.get('operations', propertyId, input.operation);
  if (operation === undefined) return { verdict: 'not-found' };
  const next = operation.state === from ? change(tx, operation, event, now, doer.actor, doer) : null;
  if (next === null) return { verdict: 'not-now', state: operation.state, held: operation.held };
  return { verdict: 'ended', changed: [next] };
}

import type { OperationId } from '@keyrack/protocol';
import type { Cause } from '../../domain/causes.ts';
import { mayUse } from '../../domain/encoder-owner.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import type { Changes } from '../journal/changes.ts';
import { change, hintChange } from './record-next-state.ts';

/**
 * Withdraws an operation that the person at the desk declined. An agent can't decline what waits at another desk, nor at an
 * encoder that two desks have.
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

/** Withdraws an operation that wasn't granted, for the one who asked. */
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
  const refused = { type: 'refused', cause: input.cause, serial: null, at: input.now } as const;
  const next = change(tx, operation, refused, input.now, 'server');
  return { changed: next === null ? [] : [next] };
}

declineOperation.hints = (hint: Hint, input: Parameters<typeof declineOperation>[1]) => {
  hintFence(hint, input);
  hintChange(hint, input.propertyId, hint.get('operations', input.propertyId, input.operation));
};
const hintEnd = (
  hint: Hint,
  { propertyId, operation }: { readonly propertyId: string; readonly operation: string },
) => {
  hintChange(hint, propertyId, hint.get('operations', propertyId, operation));
};
withdrawOperation.hints = hintEnd;
refuseOperation.hints = hintEnd;

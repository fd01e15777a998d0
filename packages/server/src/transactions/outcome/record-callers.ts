import type { OperationId } from '@keyrack/protocol';
import { REPEAT_WINDOW_MS } from '../../domain/limits.ts';
import { type Caller, isTerminal, type Operation } from '../../domain/operation.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import { walk } from '../../store/walk-pages.ts';

/** Records what the caller knows. Returns the operation as it is at that moment: it may have ended just before. */
export function noteCaller(
  tx: Tx,
  input: {
    readonly propertyId: string;
    readonly operation: OperationId;
    readonly caller: Caller;
    readonly now: number;
    /** The operation's `callerAt` as the caller knew it, where this comes late: nothing is recorded if somebody asked since. */
    readonly callerAt?: number;
  },
): Operation | null {
  const operation = tx.get('operations', input.propertyId, input.operation);
  if (operation === undefined) return null;
  if (input.callerAt !== undefined && input.callerAt !== operation.callerAt) return operation;
  // The operation has just ended: its caller is told how it ended, and not that it is open.
  if (input.caller === 'told-open' && isTerminal(operation)) return operation;
  // Another caller who asked for the same hasn't heard it, and may still ask.
  if (input.caller === 'told' && operation.caller !== 'waiting') return operation;
  const next = { ...operation, caller: input.caller, callerAt: input.now };
  tx.put('operations', next);
  return next;
}

/** Records of several operations at once that their callers heard how they ended. */
export function callersTold(
  tx: Tx,
  input: {
    readonly operations: readonly { readonly propertyId: string; readonly operation: OperationId }[];
    readonly now: number;
  },
): void {
  for (const each of input.operations) noteCaller(tx, { ...each, caller: 'told', now: input.now });
}

/**
 * After a restart nobody waits any more: callers of what is under way, or not known to have ended, count as gone, and so
 * do those of what ended lately without a record that they were told.
 *
 * One node: every caller waited at the process that ended. Of several nodes, each could say this of its own callers alone.
 */
export function callersGone(tx: Tx, { now }: { readonly now: number }): number {
  let gone = 0;
  for (const index of ['notHeard', 'issuedNotHeard'] as const) {
    for (const operation of walk(tx, 'operations', index, [])) {
      // A caller who asked again after the end has as long to repeat the request as the first caller had.
      const isLate =
        isTerminal(operation) && now - Math.max(operation.settledAt, operation.callerAt) >= REPEAT_WINDOW_MS;
      // An operation that ended long ago keeps its time, so that no repeat joins it.
      tx.put('operations', { ...operation, caller: 'left', callerAt: isLate ? operation.callerAt : now });
      if (!isLate) gone += 1;
    }
  }
  return gone;
}

noteCaller.hints = (hint: Hint, { propertyId, operation }: Parameters<typeof noteCaller>[1]) => {
  hint.get('operations', propertyId, operation);
};
callersTold.hints = (hint: Hint, { operations }: Parameters<typeof callersTold>[1]) => {
  for (const { propertyId, operation } of operations) hint.get('operations', propertyId, operation);
};

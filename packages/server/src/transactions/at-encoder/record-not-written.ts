import type { Nonce, OperationId } from '@keyrack/protocol';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import type { Changes } from '../journal/changes.ts';
import { change, hintChange } from '../outcome/record-next-state.ts';

/**
 * Records that an agent didn't obey a grant, and never will: the operation is free for another try while there is time.
 * `unsent`: the server says so, of a grant that never left it; no unless told.
 */
export function recordNotWritten(
  tx: Tx,
  input: SessionRef & {
    readonly operation: OperationId;
    readonly nonce: Nonce;
    readonly unsent?: boolean;
    readonly now: number;
  },
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
    { type: 'not-written', cause: input.unsent === true ? 'not-carried-out' : 'card-changed', at: input.now },
    input.now,
    input.unsent === true ? 'server' : `agent ${agent.id}`,
  );
  return { verdict: 'recorded', changed: next === null ? [] : [next] };
}

recordNotWritten.hints = (hint: Hint, input: Parameters<typeof recordNotWritten>[1]) => {
  hintFence(hint, input);
  hintChange(hint, input.propertyId, hint.get('operations', input.propertyId, input.operation));
};

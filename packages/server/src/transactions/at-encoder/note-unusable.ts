import { isOfTheEncoder, type Mac, type OperationId, type UnusableReason } from '@keyrack/protocol';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import { hintTurn, refusalOfEncoder, refusalOfTurn } from '../../queries/next-prompt.ts';
import type { Hint } from '../../store/hints.ts';
import type { Tx } from '../../store/store.ts';
import { change } from '../outcome/record-next-state.ts';

/**
 * An agent tells why what lies at its encoder can't be used for an operation. Should the time run out, the caller hears that
 * instead of "no card was put there". A card that won't do is remembered after it was taken away; an encoder that can be
 * used again isn't, for then no card was put there indeed.
 */
export function noteUnusable(
  tx: Tx,
  input: SessionRef & {
    readonly encoder: Mac;
    readonly operation: OperationId;
    readonly reason: UnusableReason | null;
    readonly now: number;
  },
): Fenced | { readonly verdict: 'recorded' } {
  const { propertyId, encoder, reason, now } = input;
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const operation = tx.get('operations', propertyId, input.operation);
  const elsewhere = refusalOfEncoder(tx, agent, encoder) ?? refusalOfTurn(tx, operation, encoder, now);
  if (operation === undefined || elsewhere !== null || operation.cause === reason) return { verdict: 'recorded' };
  if (reason === null && (operation.cause === null || !isOfTheEncoder(operation.cause))) return { verdict: 'recorded' };
  change(tx, operation, { type: 'put-off', cause: reason, serial: null }, now, `agent ${agent.id}`);
  return { verdict: 'recorded' };
}

noteUnusable.hints = (hint: Hint, input: Parameters<typeof noteUnusable>[1]) => {
  hintFence(hint, input);
  hintTurn(hint, input);
};

import type { OperationId } from '@keyrack/protocol';
import { isOfTheCard } from '../../domain/causes.ts';
import type { Operation } from '../../domain/operation.ts';
import { ageOf } from '../../domain/stamp-age.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import type { Changes } from '../journal/changes.ts';
import { change } from './record-next-state.ts';

/**
 * Ends operations of any property that weren't granted by their deadline. Ends those of `waited` too, which have waited as long as
 * they may by a clock that can't jump. Milliseconds.
 *
 * Any number of nodes may run it, each with what it measured itself: the first ends an operation, the others find it ended.
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
  const due = tx.find('operations', 'acceptedDue', [], { before: now + 1, limit: EXPIRED_AT_ONCE });
  // The index has those of one deadline by their ids. Who waited behind another hears of its card, so that one ends first.
  due.sort((one, other) => one.deadline - other.deadline || one.place - other.place);
  for (const operation of due) {
    const next = change(
      tx,
      withCauseOfTurn(tx, operation, now),
      { type: 'expired', at: now, waitedMs: 0 },
      now,
      'server',
    );
    if (next !== null) changed.push(next);
  }
  const overdue = waited.flatMap(({ propertyId, id, waitedMs }) => {
    const operation = tx.get('operations', propertyId, id);
    return operation?.state === 'accepted' ? [{ operation, waitedMs }] : [];
  });
  for (const { operation, waitedMs } of overdue.sort((one, other) => one.operation.place - other.operation.place)) {
    const next = change(tx, withCauseOfTurn(tx, operation, now), { type: 'expired', at: now, waitedMs }, now, 'server');
    if (next !== null) changed.push(next);
  }
  return { changed };
}

/** More that are due at one time end with the next look, some seconds later. */
const EXPIRED_AT_ONCE = 1_000;

/** Within a turn shorter than this nobody can put a card there, so it tells nothing of the card. Milliseconds. */
const SHORT_TURN_MS = 1_000;

/**
 * The operation with the cause that its caller hears. Where two desks have the encoder, or nobody has it now, that is the cause.
 * An operation may have had no turn because the card on the encoder wouldn't do for the one before it. Then its caller
 * hears of that card, and not that none was put there.
 */
function withCauseOfTurn(tx: ReadTx, operation: Operation, now: number): Operation {
  const { propertyId, encoder, kind, state, cause } = operation;
  if (state !== 'accepted') return operation;
  // Since then nobody was asked for a card, whatever lay there before.
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

expireDue.hints = (hint: Hint, { now }: { readonly now: number }) => {
  hint.find('operations', 'acceptedDue', [], { before: now + 1, limit: EXPIRED_AT_ONCE });
};

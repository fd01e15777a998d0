import type { JournalPosition, JournalRecord, OperationId } from '@keyrack/protocol';
import { isTerminal, type Operation } from '../../domain/operation.ts';
import { FENCED, type Fenced, fence, hintFence, type SessionRef } from '../../queries/fence-session.ts';
import { unfinishedAtEncoder } from '../../queries/unfinished-operations.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { applyRecords, cursorAfter, hintRecords } from './apply-records.ts';
import { type Changes, isSuspended } from './changes.ts';

export interface Report extends SessionRef {
  readonly records: readonly JournalRecord[];
  readonly now: number;
}

export type ReportResult =
  | Fenced
  | (Changes &
      (
        | { readonly verdict: 'recorded'; readonly position: JournalPosition }
        /** The records don't follow the known ones: the connection is given up, and the next hello tells why. */
        | { readonly verdict: 'no-chain' }
        /** It told too much that nothing here explains. */
        | { readonly verdict: 'suspended' }
      ));

/** Records the outcome of writes: the acknowledgement of these records is on disk with the outcome, or not at all. */
export function report(tx: Tx, input: Report): ReportResult {
  const agent = fence(tx, input);
  if (agent === null) return FENCED;
  const changed = applyRecords(tx, agent, input.records, input.now);
  if (changed === null) return { verdict: 'no-chain', changed: [] };
  if (isSuspended(tx, agent)) return { verdict: 'suspended', changed };
  const position = cursorAfter(tx, agent, input.records);
  const current = tx.get('agents', agent.propertyId, agent.id) ?? agent;
  tx.put('agents', { ...current, cursor: position });
  return { verdict: 'recorded', position, changed, nothingBehind: withNothingBehind(tx, changed) };
}

/** Most often nothing waits behind what ended, and then its agent needn't be asked for a next card. */
function withNothingBehind(tx: ReadTx, changed: readonly Operation[]): OperationId[] {
  return changed.flatMap((operation) => {
    const { propertyId, encoder, id } = operation;
    return isTerminal(operation) && unfinishedAtEncoder(tx, propertyId, encoder).length === 0 ? [id] : [];
  });
}

report.hints = (hint: Hint, input: Report) => {
  hintFence(hint, input);
  hintRecords(hint, input.propertyId, input.records);
};

import type { OperationId } from '@keyrack/protocol';
import type { CopySet } from '../../domain/copy-set.ts';
import type { Tx } from '../../store/store.ts';

/** Keeps that this operation makes the next card of the set. */
export function keepCopy(tx: Tx, set: CopySet, operationId: OperationId): void {
  const { propertyId, id, of } = set;
  const operations = [...set.operations, operationId];
  tx.put('copySets', { ...set, operations });
  tx.put('copies', { propertyId, operationId, set: id, number: operations.length, of });
}

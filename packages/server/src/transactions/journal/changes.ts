import type { OperationId } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { Agent } from '../../domain/places.ts';
import type { ReadTx } from '../../store/store.ts';

/** Whether this transaction has suspended the agent: then it must record nothing more of what the agent told. */
export function isSuspended(tx: ReadTx, { propertyId, id }: Agent): boolean {
  return tx.get('agents', propertyId, id)?.state === 'suspended';
}

/** Operations that a transaction changed, for those who wait for them. */
export interface Changes {
  readonly changed: readonly Operation[];
  /** Those of them that ended, and nothing waits behind them at their encoder. None where nobody looked. */
  readonly nothingBehind?: readonly OperationId[];
}

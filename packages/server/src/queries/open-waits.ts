import type { OperationId } from '@keyrack/protocol';
import type { ReadTx } from '../store/store.ts';

/** An operation that is to end when its wait is over, unless it is granted by then. */
export interface OpenWait {
  readonly propertyId: string;
  readonly id: OperationId;
  /** From its acceptance to its deadline. Milliseconds. */
  readonly waitMs: number;
}

/**
 * What waits, of any property. Granted ones too: they wait again where the grant isn't obeyed. What a restored database
 * holds isn't among them, since it waits for a journal.
 */
export function openWaits(tx: ReadTx, _input: Record<string, never>): OpenWait[] {
  return (['accepted', 'granted'] as const)
    .flatMap((state) => tx.find('operations', 'due', [state]))
    .filter(({ held }) => !held)
    .map(({ propertyId, id, acceptedAt, deadline }) => ({ propertyId, id, waitMs: deadline - acceptedAt }));
}

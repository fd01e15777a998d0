import type { OperationId } from '@keyrack/protocol';
import type { Operation } from '../domain/operation.ts';
import type { ReadTx } from '../store/store.ts';

/** An operation that is to end when its wait is over, unless it is granted by then. */
export interface OpenWait {
  readonly propertyId: string;
  readonly id: OperationId;
  /** From its acceptance to its deadline. Milliseconds. */
  readonly waitMs: number;
}

export type OpenWaitsPosition = Pick<Operation, 'propertyId' | 'encoder' | 'place'>;

export interface OpenWaitsPage {
  readonly waits: readonly OpenWait[];
  /** Where the next page goes on; null behind the last one. */
  readonly next: OpenWaitsPosition | null;
}

/** Few enough that the thread which asks may read them itself. */
const WAITS_OF_A_PAGE = 50;

/**
 * A part of what waits, of any property. Granted ones too: they wait again where the grant isn't obeyed. What a restored database
 * holds isn't among them, since it waits for a journal.
 */
export function openWaitsPage(tx: ReadTx, { after }: { readonly after: OpenWaitsPosition | null }): OpenWaitsPage {
  const begin = after === null ? {} : { after };
  const open = tx.find('operations', 'openByEncoder', [], { ...begin, limit: WAITS_OF_A_PAGE });
  const last = open.length < WAITS_OF_A_PAGE ? undefined : open.at(-1);
  const waits = open
    .filter(({ held }) => !held)
    .map(({ propertyId, id, acceptedAt, deadline }) => ({ propertyId, id, waitMs: deadline - acceptedAt }));
  return { waits, next: last === undefined ? null : positionOf(last) };
}

function positionOf({ propertyId, encoder, place }: Operation): OpenWaitsPosition {
  return { propertyId, encoder, place };
}

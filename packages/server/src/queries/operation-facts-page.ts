import type { OperationId } from '@keyrack/protocol';
import type { Encoder } from '../domain/places.ts';
import type { OperationFact } from '../domain/statistics.ts';
import type { ReadTx } from '../store/store.ts';
import { idsBetween } from './operations-page.ts';

/** Operations that one query looks at, so that others get their turn before the next ones. */
const FACTS_OF_A_PAGE = 1_000;

/** What statistics count of the operations that were accepted from an instant on, and before another; the newest first. */
export function operationFactsPage(
  tx: ReadTx,
  input: {
    readonly propertyId: string;
    /** Unix milliseconds. */
    readonly from: number;
    readonly until: number;
    readonly after: { readonly id: string } | null;
  },
): {
  readonly facts: OperationFact[];
  /** All that the property ever had. */
  readonly encoders: Encoder[];
  readonly next: { readonly id: string } | null;
} {
  const { propertyId, from, until, after } = input;
  const rows = tx.find('operations', 'key', [propertyId], {
    ...idsBetween({ from, until }),
    ...(after && { after: { id: after.id as OperationId } }),
    reverse: true,
    limit: FACTS_OF_A_PAGE,
  });
  const last = rows.length < FACTS_OF_A_PAGE ? undefined : rows.at(-1);
  return {
    facts: rows
      .filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < until)
      .map(({ acceptedAt, settledAt, kind, state, encoder, cause }) => ({
        ...{ acceptedAt, settledAt, kind, state, encoder, cause },
      })),
    encoders: tx.find('encoders', 'byId', [propertyId]),
    next: last === undefined ? null : { id: last.id },
  };
}

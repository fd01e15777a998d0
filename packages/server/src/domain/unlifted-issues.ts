import type { OperationId, Serial } from '@keyrack/protocol';
import type { Operation } from './operation.ts';

/**
 * An issue that was granted at an encoder and whose card hasn't been lifted since, as far as its agent has told. The list
 * of an encoder is in the order of the grants. The plastic of the last one that succeeded takes no further issue:
 * otherwise five requests in a row make one card, and four guests stand without a key (contract, "Repeats").
 */
export interface UnliftedIssue {
  readonly operation: OperationId;
  readonly serial: Serial;
}

/** Issues whose outcome nobody knows pile up where a desk never lifts a card; older ones than these are let go. */
const MOST = 8;

/** The list after an operation at this encoder reached a new state. The same list where nothing changes. */
export function afterOperation(
  list: readonly UnliftedIssue[],
  { id, kind, state, serial, grant }: Operation,
): readonly UnliftedIssue[] {
  if (kind === 'read') return list;
  if (kind === 'cancel') return state === 'succeeded' && serial !== null ? afterSight(list, serial) : list;
  const place = list.findIndex((issue) => issue.operation === id);
  switch (state) {
    case 'granted':
      return [...list.filter((issue) => issue.operation !== id), { operation: id, serial: grant.serial }].slice(-MOST);
    case 'succeeded':
      // Those that were granted before it aren't the last any more, however they end.
      return place > 0 ? list.slice(place) : list;
    case 'unknown':
      return list;
    default:
      return place === -1 ? list : list.filter((issue) => issue.operation !== id);
  }
}

/** The list after this card was cancelled, or seen at another encoder: it doesn't lie there as it was written. */
export function afterSight(list: readonly UnliftedIssue[], serial: Serial): readonly UnliftedIssue[] {
  return list.some((issue) => issue.serial === serial) ? list.filter((issue) => issue.serial !== serial) : list;
}

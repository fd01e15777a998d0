import type { OperationId, Serial } from '@keyrack/protocol';
import type { Operation } from './operation.ts';

/**
 * An issue that was granted at an encoder and whose card hasn't been lifted since, as far as the agent has told. An
 * encoder's list is in the order of the grants. The card of the last issue that succeeded takes no further issue until it
 * is lifted. Otherwise five requests in a row would make one card, and four guests would stand without a key
 * (docs/room-card-api.md, "Open outcomes, repeats and waits").
 */
export interface UnliftedIssue {
  readonly operation: OperationId;
  readonly serial: Serial;
}

/**
 * Most issues in a list. Issues without a known outcome pile up where a desk never lifts a card: the oldest are dropped.
 */
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
      // Drop the issues granted before this one: however they end, none of them is the last any more.
      return place > 0 ? list.slice(place) : list;
    case 'unknown':
      return list;
    default:
      return place === -1 ? list : list.filter((issue) => issue.operation !== id);
  }
}

/** The list after this card was cancelled, or seen at another encoder: it no longer lies here as it was written. */
export function afterSight(list: readonly UnliftedIssue[], serial: Serial): readonly UnliftedIssue[] {
  return list.some((issue) => issue.serial === serial) ? list.filter((issue) => issue.serial !== serial) : list;
}

import type { CardRecord } from './room.ts';

/** Which of the room's cards is asked for next, of those that were to come back; null where none is left. */
export function nextToReturn(
  wanted: readonly CardRecord[],
  returned: ReadonlySet<string>,
  given: ReadonlySet<string> = new Set(),
): CardRecord | null {
  const left = wanted.filter(({ serial }) => serial !== null && !returned.has(serial));
  return left.find(({ serial }) => !given.has(serial ?? '')) ?? left[0] ?? null;
}

/**
 * The card to cancel instead, where another of the room's lies on the encoder: guests give them back in any order. Null where what
 * lies there is the one that is waited for, or none of them.
 */
export function shownInstead(
  wanted: readonly CardRecord[],
  returned: ReadonlySet<string>,
  { serial, shownSerial }: { readonly serial: string | null; readonly shownSerial: string | null },
): string | null {
  if (shownSerial === null || shownSerial === serial || returned.has(shownSerial)) return null;
  return wanted.some((each) => each.serial === shownSerial) ? shownSerial : null;
}

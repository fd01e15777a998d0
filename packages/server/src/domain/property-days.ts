import { Temporal } from 'temporal-polyfill';

/** Days as `yyyy-MM-dd` on the clocks of a property, whose zone is an IANA name. Instants are Unix milliseconds. */

export function isPossibleDay(text: string): boolean {
  return plainDay(text) !== null;
}

export interface DayRange {
  /** Start of the first day. */
  readonly from: number;
  /** End of the last day: not part of it any more. */
  readonly until: number;
}

/** From the start of one day to the end of another on the property's clocks; null when no calendar has one of them. */
export function rangeOfDays(firstDay: string, lastDay: string, zone: string): DayRange | null {
  const first = plainDay(firstDay);
  const last = plainDay(lastDay);
  if (first === null || last === null) return null;
  // A day starts when its first instant comes: where clocks change at midnight that isn't 00:00.
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds;
  return { from: startOf(first), until: startOf(last.add({ days: 1 })) };
}

/** When the day of an instant ends on the property's clocks: the first instant of the next one. */
export function endOfDay(instant: number, zone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
  return day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

/** Days from one day to another, negative when the other comes first; null when no calendar has one of them. */
export function daysBetween(firstDay: string, lastDay: string): number | null {
  const first = plainDay(firstDay);
  const last = plainDay(lastDay);
  return first === null || last === null ? null : first.until(last, { largestUnit: 'day' }).days;
}

function plainDay(text: string): Temporal.PlainDate | null {
  const digits = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (digits === null) return null;
  const [year, month, day] = digits.slice(1).map(Number) as [number, number, number];
  return orNull(() => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
}

/** Temporal throws a RangeError for what no calendar has. */
export function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

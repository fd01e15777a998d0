import { Temporal } from 'temporal-polyfill';

/**
 * Times of the wire (contract, "endTime, startTime"): `yyMMddHHmm` on the clocks of the property, in this century, and
 * days as `yyyy-MM-dd`. Zones are IANA names. Instants are Unix milliseconds.
 */

/** Whether this is a date and a time of day that a calendar has, in whatever zone. */
export function isPossibleTime(text: string): boolean {
  return plainTime(text) !== null;
}

export function isPossibleDay(text: string): boolean {
  return plainDay(text) !== null;
}

/**
 * The instant of a time of the wire; null when no calendar has it. A time that a clock change skips means the end of the
 * gap, one that it repeats the later instant (contract, makeRoomCard): no guest stands before a door too early.
 */
export function parseTime(text: string, zone: string): number | null {
  const plain = plainTime(text);
  if (plain === null) return null;
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (later.toPlainDateTime().equals(plain)) return later.epochMilliseconds;
  // Skipped: read with the offset before the change it lies behind it, read with the one after it lies before it.
  const before = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const change = before.getTimeZoneTransition('next');
  if (change === null) throw new Error(`${zone} skips ${text} without a change of its clocks`);
  return change.epochMilliseconds;
}

/** An instant as the wire writes it; seconds are left out. */
export function formatTime(instant: number, zone: string): string {
  const { year, month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return [year % 100, month, day, hour, minute].map((part) => String(part).padStart(2, '0')).join('');
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

/** Days from one day to another, negative when the other comes first; null when no calendar has one of them. */
export function daysBetween(firstDay: string, lastDay: string): number | null {
  const first = plainDay(firstDay);
  const last = plainDay(lastDay);
  return first === null || last === null ? null : first.until(last, { largestUnit: 'day' }).days;
}

function plainTime(text: string): Temporal.PlainDateTime | null {
  const digits = /^([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(text);
  if (digits === null) return null;
  const [year, month, day, hour, minute] = digits.slice(1).map(Number) as [number, number, number, number, number];
  return orNull(() =>
    Temporal.PlainDateTime.from({ year: 2000 + year, month, day, hour, minute }, { overflow: 'reject' }),
  );
}

function plainDay(text: string): Temporal.PlainDate | null {
  const digits = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (digits === null) return null;
  const [year, month, day] = digits.slice(1).map(Number) as [number, number, number];
  return orNull(() => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }));
}

/** Temporal throws a RangeError for what no calendar has. */
function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

import { Temporal } from 'temporal-polyfill';
import { orNull } from '../domain/property-days.ts';

/**
 * Times of the wire (docs/room-card-api.md, "Answers"): `yyMMddHHmm` on the clocks of the property, in this century.
 * Zones are IANA names. Instants are Unix milliseconds.
 */

/** Whether this is a date and a time of day that a calendar has, in whatever zone. */
export function isPossibleTime(text: string): boolean {
  return plainTime(text) !== null;
}

/**
 * The instant of a time of the wire; null when no calendar has it. A time that a clock change skips means the end of the
 * gap, one that it repeats the later instant (docs/room-card-api.md, "Issue a card"): no guest stands before a door too
 * early.
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

function plainTime(text: string): Temporal.PlainDateTime | null {
  const digits = /^([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(text);
  if (digits === null) return null;
  const [year, month, day, hour, minute] = digits.slice(1).map(Number) as [number, number, number, number, number];
  return orNull(() =>
    Temporal.PlainDateTime.from({ year: 2000 + year, month, day, hour, minute }, { overflow: 'reject' }),
  );
}

import { TZDate } from '@date-fns/tz';

/** A day of the calendar, `YYYY-MM-DD`, and a time of the day, `HH:MM`, as fields hold them. */
export interface DayAndTime {
  readonly day: string;
  readonly time: string;
  /** The clock was set back, and shows this time twice: it is the second. A time that is typed is the first. */
  readonly isSecond?: true;
}

/** By how much clocks are set back: an hour, half of one at Lord Howe, two at Troll. Milliseconds. */
const SET_BACK_MS = [1_800_000, 3_600_000, 7_200_000];

const two = (number: number) => String(number).padStart(2, '0');

/** What calendar and clock of the zone show at an instant. */
export function dayAndTimeAt(ms: number, timeZone: string): DayAndTime {
  const shown = shownAt(ms, timeZone);
  return firstLike(shown, ms, timeZone) === ms ? shown : { ...shown, isSecond: true };
}

function shownAt(ms: number, timeZone: string): DayAndTime {
  const at = new TZDate(ms, timeZone);
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
}

/** The earliest instant at which the zone shows what it shows at this one. */
function firstLike({ day, time }: DayAndTime, ms: number, timeZone: string): number {
  const earlier = SET_BACK_MS.find((shift) => {
    const before = shownAt(ms - shift, timeZone);
    return before.day === day && before.time === time;
  });
  return ms - (earlier ?? 0);
}

/** The latest such instant. */
function lastLike({ day, time }: DayAndTime, ms: number, timeZone: string): number {
  const later = SET_BACK_MS.find((shift) => {
    const after = shownAt(ms + shift, timeZone);
    return after.day === day && after.time === time;
  });
  return ms + (later ?? 0);
}

/**
 * Unix milliseconds of a day and a time in the zone; null for what is no day or no time. Of a time that is there twice, the first,
 * unless it says that it is the second.
 */
export function instantOf({ day, time, isSecond }: DayAndTime, timeZone: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(`${day}T${time}`);
  if (parts === null) return null;
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0] = parts.slice(1).map(Number);
  const ms = new TZDate(year, month - 1, date, hours, minutes, 0, 0, timeZone).getTime();
  const onCalendar = new Date(Date.UTC(year, month - 1, date));
  const isThere = onCalendar.getUTCDate() === date && onCalendar.getUTCMonth() === month - 1;
  if (!Number.isFinite(ms) || !isThere) return null;
  // The server takes the first of two, too: the calendar of its runtime calls that `compatible`.
  const first = firstLike({ day, time }, ms, timeZone);
  return isSecond ? lastLike({ day, time }, first, timeZone) : first;
}

/** Whether the calendar has such a day, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return instantOf({ day: text, time: '00:00' }, 'UTC') !== null;
}

/** Another day, so many days later. */
export function daysLater(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** How many nights lie between two days. */
export function nightsBetween(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000);
}

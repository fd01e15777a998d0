import { type DayAndTime, dayAndTimeAt, daysLater, instantOf, nightsBetween } from '../time/zoned.ts';

/** Until this hour somebody who arrives belongs to the night before: they leave at check-out on the same day. */
const NIGHT_ENDS_HOUR = 5;
/** Guests arrive in the afternoon: a stay that is sold ahead begins then, unless told. */
const ARRIVAL = '15:00';
const HOUR_MS = 3_600_000;

/** The day on which a stay that begins now is counted from. */
export function firstDay(now: number, timeZone: string): string {
  return dayAndTimeAt(now - NIGHT_ENDS_HOUR * HOUR_MS, timeZone).day;
}

/** So many nights from now, until the property's check-out. */
export function endAfter(nights: number, now: number, timeZone: string, checkOutTime: string): DayAndTime {
  return { day: daysLater(firstDay(now, timeZone), nights), time: checkOutTime };
}

/** The end of a stay that begins now, unless somebody says another: one night, and one more where that end has passed. */
export function usualEnd(now: number, timeZone: string, checkOutTime: string): DayAndTime {
  const end = endAfter(1, now, timeZone, checkOutTime);
  return faultOfEnd(end, now, timeZone) === 'past' ? endAfter(2, now, timeZone, checkOutTime) : end;
}

/** How many nights an end comes to; null where the field holds no day. */
export function nightsUntil(end: DayAndTime, now: number, timeZone: string): number | null {
  if (instantOf(end, timeZone) === null) return null;
  return nightsBetween(firstDay(now, timeZone), end.day);
}

/** The next afternoon: today's, or tomorrow's where guests arrive already. */
export function nextArrival(now: number, timeZone: string): DayAndTime {
  const { day, time } = dayAndTimeAt(now, timeZone);
  return { day: time < ARRIVAL ? day : daysLater(day, 1), time: ARRIVAL };
}

/** From when nights are counted: from the begin of a stay that is sold ahead, else from now. */
export function beginOf(begin: DayAndTime | null, now: number, timeZone: string): number {
  return (begin === null ? null : instantOf(begin, timeZone)) ?? now;
}

/** The end of a stay whose begin is moved: it keeps its nights. */
export function endKeepingNights(end: DayAndTime, was: number, begin: number, timeZone: string): DayAndTime {
  const nights = nightsUntil(end, was, timeZone);
  return nights === null ? end : { day: daysLater(firstDay(begin, timeZone), nights), time: end.time };
}

/**
 * What is wrong with an end, before anybody is asked: no day and time, one that has passed, or one before the begin. A card knows no
 * seconds.
 */
export function faultOfEnd(
  end: DayAndTime,
  now: number,
  timeZone: string,
  begin: number = now,
): 'incomplete' | 'past' | 'before' | null {
  const ms = instantOf(end, timeZone);
  if (ms === null) return 'incomplete';
  if (ms < now + 60_000) return 'past';
  return ms < begin + 60_000 ? 'before' : null;
}

/** As requests take it; null for what is no day and time. */
export function asRequested(end: DayAndTime, timeZone: string): string | null {
  const ms = instantOf(end, timeZone);
  return ms === null ? null : new Date(ms).toISOString();
}

/** The end that the guest's cards have: the latest, since one that wasn't extended keeps its old one. */
export function latestEnd(cards: readonly { readonly validUntil: string }[]): number | null {
  return cards.length === 0 ? null : Math.max(...cards.map(({ validUntil }) => Date.parse(validUntil)));
}

/** The card that was issued last: what it does, another one for its guest does too. Null for none. */
export function newestOf<T extends { readonly issuedAt: string }>(cards: readonly T[]): T | null {
  return cards.reduce<T | null>((newest, card) => (newest && newest.issuedAt > card.issuedAt ? newest : card), null);
}

import { Temporal } from 'temporal-polyfill';

/** One hour on the clocks of a property, whose zone is an IANA name. Instants are Unix milliseconds. */
export interface PropertyHour {
  /** Its first instant. The next hour of the list begins where it ends. */
  readonly at: number;
  /** `yyyy-MM-dd` */
  readonly day: string;
  /** 0 to 23: where clocks are set back, two hours after each other have the same. */
  readonly hour: number;
}

const MINUTES_OF_AN_HOUR = 60;

/**
 * The hours from the one that `from` lies in to the last one before `until`. Where clocks are set on an hour is missing, where
 * they are set back one comes twice, and one may be cut short where they change by half an hour.
 */
export function hoursBetween(from: number, until: number, zone: string): PropertyHour[] {
  const hours: PropertyHour[] = [];
  let at = hourBegun(Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone));
  while (at.epochMilliseconds < until) {
    hours.push({ at: at.epochMilliseconds, day: at.toPlainDate().toString(), hour: at.hour });
    at = at.add({ minutes: MINUTES_OF_AN_HOUR - at.minute });
  }
  return hours;
}

/** When the hour began in which this is: it can't be from before the clocks were set in it. */
function hourBegun(time: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const { minute, second, millisecond } = time;
  const full = time.subtract({ minutes: minute, seconds: second, milliseconds: millisecond });
  return full.minute === 0 ? full : full.add({ minutes: MINUTES_OF_AN_HOUR - full.minute });
}

/** The first instant of the day that this instant lies in, on the clocks of a property. */
export function startOfDay(at: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).startOfDay().epochMilliseconds;
}

import type { Answer } from '@keyrack/sdk';
import { dayAndTimeAt, daysLater, instantOf } from '../time/zoned.ts';

export type Statistics = Answer<'getStatistics'>;
type Hour = Statistics['hours'][number];

/** How far back the dashboard looks. */
export const SPANS = ['today', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];

const DAYS: Readonly<Record<Span, number>> = { today: 1, week: 7, month: 31 };

/** From the start of the first day, by the clock of the property, until now. RFC 3339. */
export function rangeOfSpan(
  span: Span,
  now: number,
  timeZone: string,
): { readonly from: string; readonly until: string } {
  const { day } = dayAndTimeAt(now, timeZone);
  const first = instantOf({ day: daysLater(day, 1 - DAYS[span]), time: '00:00' }, timeZone) ?? now;
  return { from: new Date(Math.min(first, now)).toISOString(), until: new Date(now).toISOString() };
}

/** Whether the server counted less than the span: where there were too many operations it begins later. */
export function isCut(counted: Pick<Statistics, 'from' | 'until'>, span: Span, timeZone: string): boolean {
  const { from } = rangeOfSpan(span, Date.parse(counted.until), timeZone);
  return Date.parse(counted.from) > Date.parse(from);
}

/** A bar of a plot and a line of its table: an hour, a part of a day, or a day. */
export interface Bin {
  readonly day: string;
  /** The first hour of it, 0 to 23. */
  readonly hour: number;
  readonly at: string;
  readonly issue: number;
  readonly read: number;
  readonly cancel: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Hours that one bar stands for. */
export const HOURS_OF_A_BAR: Readonly<Record<Span, number>> = { today: 1, week: 6, month: 24 };

/**
 * The hours put together into bars, by what the property's clock showed. An hour that comes twice, as where clocks are set
 * back, is one bar; of today, hours that are still to come are there and empty.
 */
export function binsOf(hours: readonly Hour[], span: Span): readonly Bin[] {
  const width = HOURS_OF_A_BAR[span];
  const bins = new Map<string, Bin>();
  const add = (hour: Pick<Hour, 'day' | 'hour' | 'at'>, counted: Omit<Bin, 'day' | 'hour' | 'at'>) => {
    const begin = Math.floor(hour.hour / width) * width;
    const key = `${hour.day} ${begin}`;
    const before = bins.get(key) ?? { ...NOTHING, day: hour.day, hour: begin, at: hour.at };
    bins.set(key, {
      ...before,
      issue: before.issue + counted.issue,
      read: before.read + counted.read,
      cancel: before.cancel + counted.cancel,
      succeeded: before.succeeded + counted.succeeded,
      failed: before.failed + counted.failed,
    });
  };
  for (const hour of hours) add(hour, { ...hour.kinds, succeeded: hour.succeeded, failed: hour.failed });
  const last = hours.at(-1);
  if (span === 'today' && last !== undefined)
    for (let hour = last.hour + 1; hour < 24; hour += 1) add({ day: last.day, hour, at: '' }, NOTHING);
  return [...bins.values()];
}

const NOTHING = { issue: 0, read: 0, cancel: 0, succeeded: 0, failed: 0 };

/** Round numbers from nothing to the largest or beyond: 3 to 6 of them. */
export function scaleFor(most: number): readonly number[] {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough);
  const count = Math.max(1, Math.ceil(Math.max(most, 1) / step));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

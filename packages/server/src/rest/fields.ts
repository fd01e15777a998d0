import { z } from 'zod';
import { isReadableLine } from '../domain/portable-text.ts';
import { SCOPE_NAMES } from '../domain/rights.ts';
import { listedTimeZone } from '../domain/time-zones.ts';

/** Fields that several resources have, each with the same name in the document wherever it stands. */

export const id = z.uuid().meta({ id: 'Id', description: 'A UUID. Later ones sort behind earlier ones.' });

/** Answers tell times in this one form. Convert by `timeOf`. */
export const time = z.iso
  .datetime({ precision: 3 })
  .meta({ id: 'Time', description: 'RFC 3339 in UTC with milliseconds, e.g. `2026-11-30T08:15:00.000Z`.' });

/** RFC 3339 has no other years: no answer could tell them. */
function isTellable(text: string): boolean {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || (ms >= Date.parse('0001-01-01T00:00:00Z') && ms <= Date.parse('9999-12-31T23:59:59.999Z'));
}

/** A time of a request, with any offset; Unix milliseconds once it is checked. */
export const givenTime = z.iso
  .datetime({ offset: true })
  .refine(isTellable, 'lies outside of the years 1 to 9999 in UTC')
  .meta({ description: 'RFC 3339, e.g. `2026-11-30T16:15:00+08:00`.' })
  .transform((text) => Date.parse(text));

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

export function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : timeOf(ms);
}

/** A text on one line that a person reads, e.g. a name. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { abort: true, error: `is 1 to ${most} characters` })
    .max(most, { abort: true, error: `is 1 to ${most} characters` })
    .refine(isReadableLine, 'has a character that can not be seen or turns the order of others; leave it out');

/** Yes or no in an address. */
export const trueOrFalse = z.enum(['true', 'false'], 'is true or false').transform((text) => text === 'true');

/** A number that people know something by. */
export const shortNumber = z
  .string()
  .regex(/^[0-9A-Za-z]{1,20}$/, 'is 1 to 20 letters and digits')
  .meta({ description: '1 to 20 letters and digits.' });

export const timeZone = z
  .string()
  .refine((name) => listedTimeZone(name) !== null, 'is a name of the time zone database, e.g. Asia/Shanghai')
  .transform((name) => listedTimeZone(name) as string)
  .meta({ description: 'A name of the IANA time zone database, e.g. `Asia/Shanghai`.' });

export const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is a time of day, e.g. 12:00')
  .meta({ description: 'A time of day by the clock of the property, e.g. `12:00`.' });

export const scope = z
  .enum(SCOPE_NAMES)
  .meta({ id: 'Scope', description: 'What an API key may do; see docs/rights.md.' });

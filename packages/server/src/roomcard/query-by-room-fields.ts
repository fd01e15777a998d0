import { daysBetween } from '../domain/property-days.ts';
import { type Checked, checkFields } from './fields.ts';
import type { Form } from './form.ts';

/** Days from startDate to endDate at most (docs/room-card-api.md, "A room's records"). */
const MOST_DAYS_APART = 31;

export interface QueryByRoomFields {
  readonly accountSid: string;
  readonly communityNo: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly buildNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  /** Days that exist, on the clocks of the property. */
  readonly startDate: string;
  readonly endDate: string;
  readonly recordType: string;
}

/** The fields of a request (docs/room-card-api.md, "A room's records"), or what is wrong with the first wrong one. */
export function queryByRoomFields(form: Form): Checked<QueryByRoomFields> {
  const checked = checkFields(
    form,
    ['accountSid', 'timestamp', 'communityNo', 'buildNo', 'floorNo', 'roomNo', 'startDate', 'endDate', 'recordType'],
    // They change nothing, and are held to a format since they are part of the signed string.
    ['rand', 'holderFrom'],
  );
  if (!checked.ok) return checked;
  const { rand: _rand, holderFrom: _holderFrom, ...fields } = checked.value;
  const apart = daysBetween(fields.startDate, fields.endDate);
  if (apart === null || apart < 0 || apart > MOST_DAYS_APART) {
    const expected = `startDate or at most ${MOST_DAYS_APART} days later`;
    return { ok: false, error: { kind: 'malformed', parameter: 'endDate', expected } };
  }
  return { ok: true, value: { ...fields, timestamp: Number(fields.timestamp) } };
}

import { type Checked, checkFields } from './fields.ts';
import type { Form } from './form.ts';
import { type ReadCardFields, readCardFields } from './read-card-fields.ts';

/** The fields of cancelCard, in Keyrack's own words where the format allows it. */
export interface CancelCardFields extends ReadCardFields {
  /** Opaque, in upper case: the case of a serial changes nothing (docs/room-card-api.md, "Cancel a card"). */
  readonly serialNum: string;
}

/** The fields of a request (docs/room-card-api.md, "Cancel a card"), or what is wrong with the first wrong one. */
export function cancelCardFields(form: Form): Checked<CancelCardFields> {
  const serial = checkFields(form, ['serialNum'], []);
  if (!serial.ok) return serial;
  const others = readCardFields(form);
  return others.ok ? { ok: true, value: { ...others.value, serialNum: serial.value.serialNum.toUpperCase() } } : others;
}

import { type Mac, mac, type Serial, serial } from '@keyrack/protocol';
import type { CardType } from '../domain/lock-type.ts';
import type { Creator } from '../domain/people.ts';
import { isPossibleDay } from '../domain/property-days.ts';
import type { Form } from './form.ts';
import type { ParameterError } from './parameter-error.ts';
import { isPossibleTime } from './property-time.ts';

interface Format {
  readonly pattern: RegExp;
  /** What a pattern can't tell, e.g. whether a month has that day. */
  readonly possible?: (value: string) => boolean;
  readonly expected: string;
}

const PLACE_NUMBER: Format = { pattern: /^[0-9A-Za-z]{1,20}$/, expected: '1 to 20 letters or digits' };
const FLAG: Format = { pattern: /^[01]$/, expected: '0 or 1' };
const AREA_CODE: Format = { pattern: /^[0-9]{1,4}$/, expected: '1 to 4 digits' };
const MOBILE: Format = { pattern: /^[0-9]{4,15}$/, expected: '4 to 15 digits' };
const DAY: Format = {
  pattern: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  possible: isPossibleDay,
  expected: 'a day that exists, as yyyy-MM-dd',
};

/**
 * What each field looks like on the wire (docs/room-card-api.md, "Every request"). Strict, because signature A joins
 * values without a separator: every character that a format lets in is a place where a recorded request could be cut
 * anew.
 */
const FORMATS = {
  sig: { pattern: /^[0-9A-Fa-f]{32}$/, expected: '32 hex digits' },
  accountSid: { pattern: /^[0-9A-Za-z]{32}$/, expected: '32 letters or digits' },
  communityNo: PLACE_NUMBER,
  buildNo: PLACE_NUMBER,
  floorNo: PLACE_NUMBER,
  roomNo: PLACE_NUMBER,
  issueMac: {
    pattern: /^(?:[0-9A-Za-z]{12}|[0-9A-Za-z]{2}(?::[0-9A-Za-z]{2}){5}|[0-9A-Za-z]{2}(?:-[0-9A-Za-z]{2}){5})$/,
    expected: '12 letters or digits, with : or - between pairs or with nothing',
  },
  serialNum: { pattern: /^[0-9A-Za-z]{1,32}$/, expected: '1 to 32 letters or digits' },
  creatorAreaCode: AREA_CODE,
  creatorMobile: MOBILE,
  creatorEmail: {
    pattern: /^(?=.{3,254}$)[^@\s]+@[^@\s]+$/u,
    expected: 'an e-mail address of at most 254 characters with one @',
  },
  creatorPassword: { pattern: /^[0-9A-Fa-f]{32}$/, expected: 'the md5 of the password in 32 hex digits' },
  operateCardType: { pattern: /^[234]$/, expected: '2, 3 or 4' },
  endTime: { pattern: /^[0-9]{10}$/, possible: isPossibleTime, expected: 'a time that exists, as yyMMddHHmm' },
  opentype: FLAG,
  netWork: FLAG,
  isLost: FLAG,
  owner: {
    // Code points, so that a character outside the basic plane counts as one.
    pattern: /^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,128}$/su,
    expected: 'at most 128 characters, not all of them spaces',
  },
  ownerGender: FLAG,
  ownerAreaCode: AREA_CODE,
  ownerMobile: MOBILE,
  timestamp: { pattern: /^[0-9]{1,12}$/, expected: 'Unix seconds in digits' },
  // Signature B joins fields with `&` and `=`: what could hold these could hold another field.
  rand: { pattern: /^[0-9A-Za-z_.-]{1,64}$/, expected: '1 to 64 letters, digits, -, _ or .' },
  holderFrom: { pattern: /^[0-9A-Za-z]{1,20}$/, expected: '1 to 20 letters or digits' },
  startDate: DAY,
  endDate: DAY,
  recordType: { pattern: /^[0-4]$/, expected: '0, 1, 2, 3 or 4' },
} as const satisfies Record<string, Format>;

export type FieldName = keyof typeof FORMATS;
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ParameterError };

/** A parameter of the query string: signature B. */
export function checkQuerySig(query: Form): Checked<string> {
  const sig = query.get('sig') ?? '';
  if (sig === '') return { ok: false, error: { kind: 'missing', parameter: 'sig' } };
  if (/^[0-9A-Fa-f]{40}$/.test(sig)) return { ok: true, value: sig };
  return { ok: false, error: { kind: 'malformed', parameter: 'sig', expected: '40 hex digits' } };
}

/** The named fields, as sent, or what is wrong with the first one that is missing or malformed. Empty means absent. */
export function checkFields<R extends FieldName, O extends FieldName>(
  form: Form,
  required: readonly R[],
  optional: readonly O[],
): Checked<Readonly<Record<R, string> & Partial<Record<O, string>>>> {
  const fields: Partial<Record<FieldName, string>> = {};
  for (const name of [...required, ...optional]) {
    const value = form.get(name) ?? '';
    if (value === '') continue;
    const { pattern, possible, expected }: Format = FORMATS[name];
    if (!pattern.test(value) || possible?.(value) === false)
      return { ok: false, error: { kind: 'malformed', parameter: name, expected } };
    fields[name] = value;
  }
  for (const name of required) {
    if (fields[name] === undefined) return { ok: false, error: { kind: 'missing', parameter: name } };
  }
  return { ok: true, value: fields as Record<R, string> & Partial<Record<O, string>> };
}

/** Who answers for the request. With both given the mobile wins [doc], and half a phone number is nobody's. */
export function creatorOf(
  fields: Partial<Readonly<Record<'creatorAreaCode' | 'creatorMobile' | 'creatorEmail', string>>>,
): Checked<Creator> {
  const { creatorAreaCode: areaCode, creatorMobile: mobile, creatorEmail: email } = fields;
  if (areaCode !== undefined && mobile !== undefined) return { ok: true, value: { by: 'mobile', areaCode, mobile } };
  // Refused although an e-mail may name the creator: digits of the serial could pass for an area code that nobody uses.
  if (areaCode !== undefined) return { ok: false, error: { kind: 'half-a-phone', parameter: 'creatorMobile' } };
  if (mobile !== undefined) return { ok: false, error: { kind: 'half-a-phone', parameter: 'creatorAreaCode' } };
  if (email === undefined) return { ok: false, error: { kind: 'no-creator', parameter: 'creatorMobile' } };
  return { ok: true, value: { by: 'email', email: email.toLowerCase() } };
}

/** A checked issueMac as Keyrack stores it: upper case, no separators. */
export function macOf(issueMac: string): Mac {
  return mac.parse(issueMac.replace(/[:-]/g, '').toUpperCase());
}

/**
 * A checked serialNum as Keyrack stores it, or null when no card can have it: on the wire a serial is opaque, but
 * Keyrack's are a chip's UID in hex. That is an unknown card and not a wrong parameter.
 */
export function serialOf(serialNum: string): Serial | null {
  return serial.safeParse(serialNum.toUpperCase()).data ?? null;
}

/** A flag of the wire; absent counts as 0. */
export function isSet(flag: string | undefined): boolean {
  return flag === '1';
}

export function cardTypeOf(operateCardType: string): CardType {
  return Number(operateCardType) as CardType;
}

import { PUBLISHED } from '@keyrack/server/demo/published.ts';

/** The contract as data: what each endpoint takes, and what each field looks like (docs/room-card-api.md). */

export type Fields = Readonly<Record<string, string>>;

export type EndpointName = 'cancelCard' | 'readCard' | 'makeRoomCard' | 'getMacList' | 'fetchRoomInfo' | 'queryByRoom';

export interface EndpointContract {
  readonly name: EndpointName;
  readonly path: string;
  /** A: md5 in the body. B: sha1 in the query string. */
  readonly signature: 'A' | 'B';
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** A request that succeeds in the demonstration on the day of the samples. */
  readonly good: Fields;
}

/** The instant that the published queryByRoom carries, in the middle of 2020-05-25 at the property. Unix milliseconds. */
export const SAMPLE_TIME = 1_590_379_366_000;

const ACCOUNT = { accountSid: PUBLISHED.accountSid, communityNo: PUBLISHED.propertyNumber };
const CREATOR = {
  creatorAreaCode: PUBLISHED.areaCode,
  creatorMobile: PUBLISHED.mobile,
  creatorPassword: PUBLISHED.passwordMd5,
};
const CREATOR_NAMES = ['creatorAreaCode', 'creatorMobile', 'creatorEmail'];
export const ROOM = { buildNo: '001', floorNo: '001', roomNo: 'R007' };
const STAMP = { timestamp: String(SAMPLE_TIME / 1000) };

export const ENDPOINTS: readonly EndpointContract[] = [
  {
    name: 'cancelCard',
    path: '/Home/Qrm/cancelCard',
    signature: 'A',
    required: ['accountSid', 'communityNo', 'serialNum', 'creatorPassword', 'operateCardType', 'issueMac'],
    optional: CREATOR_NAMES,
    good: { issueMac: PUBLISHED.encoder, ...ACCOUNT, serialNum: PUBLISHED.serial, ...CREATOR, operateCardType: '4' },
  },
  {
    name: 'readCard',
    path: '/Home/Qrm/readCard',
    signature: 'A',
    required: ['accountSid', 'communityNo', 'creatorPassword', 'operateCardType', 'issueMac'],
    optional: CREATOR_NAMES,
    good: { issueMac: PUBLISHED.encoder, ...ACCOUNT, ...CREATOR, operateCardType: '4' },
  },
  {
    name: 'makeRoomCard',
    path: '/Home/Qrm/makeRoomCard',
    signature: 'A',
    required: ['accountSid', 'endTime', 'communityNo', 'buildNo', 'floorNo', 'roomNo', 'creatorPassword', 'issueMac'],
    optional: [
      ...CREATOR_NAMES,
      'opentype',
      'netWork',
      'owner',
      'ownerGender',
      'ownerAreaCode',
      'ownerMobile',
      'isLost',
    ],
    good: { issueMac: PUBLISHED.encoder, endTime: '2612010403', ...ACCOUNT, ...ROOM, ...CREATOR },
  },
  {
    name: 'getMacList',
    path: '/Home/Qrm/getMacList',
    signature: 'A',
    required: ['accountSid', 'communityNo'],
    optional: [],
    good: ACCOUNT,
  },
  {
    name: 'fetchRoomInfo',
    path: '/Home/Records/fetchRoomInfo',
    signature: 'B',
    required: ['accountSid', 'timestamp', 'communityNo'],
    optional: [],
    good: { ...ACCOUNT, ...STAMP },
  },
  {
    name: 'queryByRoom',
    path: '/Home/Records/queryByRoom',
    signature: 'B',
    required: [
      'accountSid',
      'timestamp',
      'communityNo',
      'buildNo',
      'floorNo',
      'roomNo',
      'startDate',
      'endDate',
      'recordType',
    ],
    optional: ['rand', 'holderFrom'],
    good: { ...ACCOUNT, ...STAMP, ...ROOM, startDate: '2020-05-25', endDate: '2020-05-25', recordType: '0' },
  },
];

export function endpoint(name: EndpointName): EndpointContract {
  return ENDPOINTS.find((each) => each.name === name) as EndpointContract;
}

interface FieldContract {
  /** What the refusal of a malformed value asks for. */
  readonly expected: string;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const PLACE: FieldContract = {
  expected: '1 to 20 letters or digits',
  right: [],
  wrong: ['1'.repeat(21), 'R 07', 'R-07', 'R\u00e907', '\u0660\u0661'],
};
const FLAG: FieldContract = { expected: '0 or 1', right: ['0', '1'], wrong: ['2', '01', 'true', ' 1'] };
const AREA_CODE: FieldContract = { expected: '1 to 4 digits', right: [], wrong: ['+86', '00086', '8 6'] };
const MOBILE: FieldContract = {
  expected: '4 to 15 digits',
  right: [],
  wrong: ['100', '1'.repeat(16), '+4917000', '1000-000'],
};
const DAY: FieldContract = {
  expected: 'a day that exists, as yyyy-MM-dd',
  right: [],
  wrong: ['2020-5-25', '20200525', '2020-02-30', '2020-13-01', '2019-02-29', '2020-05-25T00:00'],
};

/** Values beside those of the good requests. `right` ones change nothing about the success. */
export const FIELDS: Readonly<Record<string, FieldContract>> = {
  accountSid: {
    expected: '32 letters or digits',
    right: [],
    wrong: ['9', `${PUBLISHED.accountSid}0`, PUBLISHED.accountSid.slice(1), `${PUBLISHED.accountSid.slice(1)}-`],
  },
  communityNo: PLACE,
  buildNo: PLACE,
  floorNo: PLACE,
  roomNo: PLACE,
  serialNum: {
    expected: '1 to 32 letters or digits',
    right: [],
    wrong: ['4'.repeat(33), '45-67', '45 67', '45\u00a067'],
  },
  issueMac: {
    expected: '12 letters or digits, with : or - between pairs or with nothing',
    right: ['7c778a6c7d9c', '7C:77:8A:6C:7D:9C', '7c-77-8a-6c-7d-9c'],
    wrong: ['7C778A6C7D9', '7C778A6C7D9C0', '7C:778A:6C7D:9C', '7C:77-8A:6C-7D:9C', '7C 77 8A 6C 7D 9C'],
  },
  creatorAreaCode: AREA_CODE,
  creatorMobile: MOBILE,
  creatorEmail: {
    expected: 'an e-mail address of at most 254 characters with one @',
    right: ['nobody@keyrack.example', 'm\u00fcller@k\u00f6ln.example'],
    wrong: ['a@b@c', 'frontdesk', '@b.example', 'a@', 'a b@c.example', `${'a'.repeat(250)}@b.de`],
  },
  creatorPassword: {
    expected: 'the md5 of the password in 32 hex digits',
    right: [PUBLISHED.passwordMd5.toUpperCase()],
    wrong: ['secret', 'g'.repeat(32), `${PUBLISHED.passwordMd5}0`],
  },
  operateCardType: { expected: '2, 3 or 4', right: [], wrong: ['1', '5', '04', '4.0', 'QRBLOCK'] },
  endTime: {
    expected: 'a time that exists, as yyMMddHHmm',
    right: ['2005252359', '9912312359', '2802290000'],
    wrong: ['261201040', '26120104033', '2613010403', '2602290403', '2612012403', '2612010460', '2026120104'],
  },
  opentype: FLAG,
  netWork: FLAG,
  isLost: FLAG,
  ownerGender: FLAG,
  ownerAreaCode: { ...AREA_CODE, right: ['86', '1'] },
  ownerMobile: { ...MOBILE, right: ['4444', '1'.repeat(15)] },
  owner: {
    expected: 'at most 128 characters, not all of them spaces',
    right: [
      'Ada Example',
      '\u738b\u5c0f\u660e',
      '\u0645\u062d\u0645\u062f \u0627\u0644\u0623\u062d\u0645\u062f',
      'Zo\u00eb & Co = "1"',
      '\u{20BB7}'.repeat(128),
      '0',
    ],
    wrong: ['a'.repeat(129), '\u{20BB7}'.repeat(129), '   ', 'a\u2028b'],
  },
  timestamp: { expected: 'Unix seconds in digits', right: [], wrong: ['now', '-1', '1590379366.5', '1'.repeat(13)] },
  rand: {
    expected: '1 to 64 letters, digits, -, _ or .',
    right: ['1588722604', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    wrong: ['a b', 'a&b', 'a=b', '1'.repeat(65)],
  },
  holderFrom: { expected: '1 to 20 letters or digits', right: ['0', 'app'], wrong: ['a&b', '1'.repeat(21)] },
  startDate: DAY,
  endDate: DAY,
  recordType: { expected: '0, 1, 2, 3 or 4', right: ['0', '1', '2'], wrong: ['5', '-1', '00', 'all'] },
};

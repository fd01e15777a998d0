import type { RoomCardEndpoint } from '@keyrack/sdk/room-card';

/** A field of a request, as people fill it in. */
export interface BenchField {
  /** What it must look like; the server says so too, and the request may be sent all the same. */
  readonly form: RegExp;
  readonly example: string;
  /** Values to choose from, where there are few. */
  readonly choices?: readonly string[];
}

const NUMBER = /^[0-9A-Za-z]{1,20}$/;
const AREA = /^\d{1,4}$/;
const MOBILE = /^\d{4,15}$/;
const YES_OR_NO = { form: /^[01]$/, example: '0', choices: ['0', '1'] } as const;

/** Every field of the room-card API but `accountSid`, `timestamp` and `sig` (docs/room-card-api.md, "Every request"). */
export const FIELDS = {
  communityNo: { form: NUMBER, example: '1316879946' },
  issueMac: { form: /^(?:[0-9A-Za-z]{2}[:-]?){5}[0-9A-Za-z]{2}$/, example: '7C778A6C7D9C' },
  serialNum: { form: /^[0-9A-Za-z]{1,32}$/, example: '4567' },
  buildNo: { form: NUMBER, example: '001' },
  floorNo: { form: NUMBER, example: '001' },
  roomNo: { form: NUMBER, example: 'R007' },
  endTime: { form: /^\d{10}$/, example: '3012311200' },
  creatorAreaCode: { form: AREA, example: '86' },
  creatorMobile: { form: MOBILE, example: '10000000000' },
  creatorEmail: { form: /^[^@\s]+@[^@\s]+$/, example: 'reception@hotel.example' },
  creatorPassword: { form: /^[0-9a-fA-F]{32}$/, example: 'bbc69d27003568a7a94626ce4337bc9d' },
  operateCardType: { form: /^[234]$/, example: '4', choices: ['2', '3', '4'] },
  opentype: YES_OR_NO,
  netWork: YES_OR_NO,
  owner: { form: /^.{1,128}$/u, example: 'Ada' },
  ownerGender: YES_OR_NO,
  ownerAreaCode: { form: AREA, example: '86' },
  ownerMobile: { form: MOBILE, example: '13800000000' },
  isLost: YES_OR_NO,
  startDate: { form: /^\d{4}-\d{2}-\d{2}$/, example: '2026-11-30' },
  endDate: { form: /^\d{4}-\d{2}-\d{2}$/, example: '2026-11-30' },
  recordType: { form: /^[0-4]$/, example: '0', choices: ['0', '1', '2', '3', '4'] },
  rand: { form: /^.{1,64}$/u, example: '1588722604' },
} as const satisfies Readonly<Record<string, BenchField>>;

export type FieldName = keyof typeof FIELDS;

interface BenchEndpoint {
  readonly path: string;
  readonly required: readonly FieldName[];
  readonly optional: readonly FieldName[];
}

const CREATOR = ['creatorAreaCode', 'creatorMobile', 'creatorEmail'] as const;
const ROOM = ['buildNo', 'floorNo', 'roomNo'] as const;

/** The endpoints in the order in which software meets them. */
export const ENDPOINTS = {
  makeRoomCard: {
    path: '/Home/Qrm/makeRoomCard',
    required: ['communityNo', ...ROOM, 'endTime', 'creatorPassword'],
    optional: [
      'issueMac',
      ...CREATOR,
      'owner',
      'ownerGender',
      'ownerAreaCode',
      'ownerMobile',
      'opentype',
      'netWork',
      'isLost',
    ],
  },
  readCard: {
    path: '/Home/Qrm/readCard',
    required: ['communityNo', 'operateCardType', 'creatorPassword'],
    optional: ['issueMac', ...CREATOR],
  },
  cancelCard: {
    path: '/Home/Qrm/cancelCard',
    required: ['communityNo', 'serialNum', 'operateCardType', 'creatorPassword'],
    optional: ['issueMac', ...CREATOR],
  },
  getMacList: { path: '/Home/Qrm/getMacList', required: ['communityNo'], optional: [] },
  fetchRoomInfo: { path: '/Home/Records/fetchRoomInfo', required: ['communityNo'], optional: [] },
  queryByRoom: {
    path: '/Home/Records/queryByRoom',
    required: ['communityNo', ...ROOM, 'startDate', 'endDate', 'recordType'],
    optional: ['rand'],
  },
} as const satisfies Readonly<Record<RoomCardEndpoint, BenchEndpoint>>;

export const ENDPOINT_NAMES = Object.keys(ENDPOINTS) as readonly RoomCardEndpoint[];

/** What is filled in, by the names of fields. It is kept while another endpoint is chosen. */
export type Values = Readonly<Partial<Record<FieldName, string>>>;

export function fieldsOf(endpoint: RoomCardEndpoint): readonly FieldName[] {
  const { required, optional } = ENDPOINTS[endpoint];
  return [...required, ...optional];
}

export function isRequired(endpoint: RoomCardEndpoint, name: FieldName): boolean {
  return (ENDPOINTS[endpoint].required as readonly FieldName[]).includes(name);
}

/** Whether a value looks as it must. Empty means absent. */
export function fits(name: FieldName, value: string): boolean {
  const { form }: BenchField = FIELDS[name];
  return value === '' || form.test(value);
}

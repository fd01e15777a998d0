import { signatureA, signatureB } from '@keyrack/protocol';
import {
  ACCOUNT,
  AREA_CODE,
  type BenchDesk,
  type BenchRoom,
  BUILDING_NO,
  FLOOR_NO,
  PASSWORD_MD5,
} from '../properties/plan-properties.ts';

/** A request as it is sent: each is signed anew, as property software does it. */
export interface SignedRequest {
  readonly path: string;
  readonly body: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** @param nth lets the end of each issue differ by a minute, since equal requests may be taken for repeats */
export function issueRequest(desk: BenchDesk, mac: string, room: BenchRoom, nth: number): SignedRequest {
  const fields = {
    issueMac: mac,
    endTime: wireTime(Date.now() + 7 * DAY_MS + (nth % 1_000) * MINUTE_MS),
    accountSid: ACCOUNT.sid,
    communityNo: desk.propertyNumber,
    buildNo: BUILDING_NO,
    floorNo: room.floorNo ?? FLOOR_NO,
    roomNo: room.no,
    creatorAreaCode: AREA_CODE,
    creatorMobile: desk.mobile,
    creatorPassword: PASSWORD_MD5,
  };
  const sig = signatureA('makeRoomCard', fields, ACCOUNT.token);
  return { path: '/Home/Qrm/makeRoomCard', body: new URLSearchParams({ ...fields, sig }).toString() };
}

export function cancelRequest(desk: BenchDesk, mac: string, serial: string): SignedRequest {
  const fields = {
    issueMac: mac,
    accountSid: ACCOUNT.sid,
    communityNo: desk.propertyNumber,
    serialNum: serial,
    creatorAreaCode: AREA_CODE,
    creatorMobile: desk.mobile,
    creatorPassword: PASSWORD_MD5,
    operateCardType: '4',
  };
  const sig = signatureA('cancelCard', fields, ACCOUNT.token);
  return { path: '/Home/Qrm/cancelCard', body: new URLSearchParams({ ...fields, sig }).toString() };
}

/** All that happened in a room on the days up to `until`. */
export function recordsRequest(propertyNumber: string, roomNo: string, until: number, days: number): SignedRequest {
  const fields = {
    accountSid: ACCOUNT.sid,
    communityNo: propertyNumber,
    timestamp: String(Math.floor(Date.now() / 1000)),
    buildNo: BUILDING_NO,
    floorNo: FLOOR_NO,
    roomNo,
    startDate: new Date(until - days * DAY_MS).toISOString().slice(0, 10),
    endDate: new Date(until).toISOString().slice(0, 10),
    recordType: '0',
  };
  const sig = signatureB(fields, ACCOUNT.token, 'plain');
  return { path: `/Home/Records/queryByRoom?sig=${sig}`, body: new URLSearchParams(fields).toString() };
}

/** `yyMMddHHmm`, in UTC as the clocks of the bench's properties are. */
function wireTime(instant: number): string {
  return new Date(instant).toISOString().replace(/\D/g, '').slice(2, 12);
}

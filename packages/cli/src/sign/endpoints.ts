import type { SignatureAEndpoint } from '@keyrack/protocol';

/** A request of the room-card API as one who signs it needs to know it. */
export interface Endpoint {
  readonly name: string;
  readonly path: string;
  readonly signature: 'A' | 'B';
  /** Every field of the body but `sig`. */
  readonly fields: readonly string[];
}

const CREATOR = ['creatorAreaCode', 'creatorMobile', 'creatorEmail', 'creatorPassword'];

type EndpointName = SignatureAEndpoint | 'fetchRoomInfo' | 'queryByRoom';

/** The endpoints of docs/room-card-api.md with their fields, optional ones too. */
export const ENDPOINTS: Readonly<Record<EndpointName, Omit<Endpoint, 'name'>>> = {
  getMacList: { path: '/Home/Qrm/getMacList', signature: 'A', fields: ['accountSid', 'communityNo'] },
  makeRoomCard: {
    path: '/Home/Qrm/makeRoomCard',
    signature: 'A',
    fields: [
      'issueMac',
      'accountSid',
      'endTime',
      'communityNo',
      'buildNo',
      'floorNo',
      'roomNo',
      ...CREATOR,
      'opentype',
      'netWork',
      'owner',
      'ownerGender',
      'ownerAreaCode',
      'ownerMobile',
      'isLost',
    ],
  },
  readCard: {
    path: '/Home/Qrm/readCard',
    signature: 'A',
    fields: ['issueMac', 'accountSid', 'communityNo', ...CREATOR, 'operateCardType'],
  },
  cancelCard: {
    path: '/Home/Qrm/cancelCard',
    signature: 'A',
    fields: ['issueMac', 'accountSid', 'communityNo', 'serialNum', ...CREATOR, 'operateCardType'],
  },
  fetchRoomInfo: {
    path: '/Home/Records/fetchRoomInfo',
    signature: 'B',
    fields: ['accountSid', 'timestamp', 'communityNo'],
  },
  queryByRoom: {
    path: '/Home/Records/queryByRoom',
    signature: 'B',
    fields: [
      'accountSid',
      'timestamp',
      'rand',
      'communityNo',
      'buildNo',
      'floorNo',
      'roomNo',
      'startDate',
      'endDate',
      'recordType',
      'holderFrom',
    ],
  },
};

export function findEndpoint(name: string): Endpoint | null {
  return Object.hasOwn(ENDPOINTS, name) ? { name, ...ENDPOINTS[name as EndpointName] } : null;
}

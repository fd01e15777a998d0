import { operationId, serial } from '@keyrack/protocol';
import { newMember } from '../../domain/people.ts';
import type { Encoder, Property } from '../../domain/places.ts';
import type { RecordsQuery, RoomRecord } from '../../queries/list-records-page.ts';
import type { RoomTree } from '../../queries/listings.ts';
import type {
  Answer,
  AnswerWith,
  CancelRequest,
  CardRequests,
  IssuedCard,
  IssueRequest,
  KnownAccount,
  ReadCard,
  ReadRequest,
} from '../../requests/answers.ts';
import type { MemberCheck } from '../../runtime/credentials.ts';
import type { RoomCardRequest } from '../exchange.ts';

/** The published cancel request (docs/room-card-api.md, "Cancel a card") and the secret that it is signed with. */
export const PUBLISHED_FORM =
  'issueMac=7C778A6C7D9C&accountSid=98651082ab89c3f1b50f35caf794179f&communityNo=1316879946&serialNum=4567' +
  '&creatorAreaCode=86&creatorMobile=10000000000&creatorPassword=bbc69d27003568a7a94626ce4337bc9d' +
  '&operateCardType=4&sig=c1d425b5d425d0e776cf387c5118b543';
export const PUBLISHED_TOKEN = 'e687bc93c89b9b59611de521a70ed4';
export const PUBLISHED_ACCOUNT = '98651082ab89c3f1b50f35caf794179f';

export const OPERATION = operationId.parse('01890a5d-ac96-774b-bcce-b302099a8057');

export const MEMBER = newMember({
  propertyId: 'property-1',
  id: 'member-1',
  name: 'Front Desk',
  role: 'receptionist',
  areaCode: '86',
  mobile: '10000000000',
  email: 'frontdesk@keyrack.example',
  passwordHash: '',
  issuingPermission: true,
  version: 3,
});

export interface Script {
  readonly account: KnownAccount | undefined;
  readonly tooManyWrongSignatures: boolean;
  readonly property: Property | undefined;
  readonly check: MemberCheck;
  readonly answer: Answer | ((request: CancelRequest, hungUp: AbortSignal) => Promise<Answer>);
  readonly read: AnswerWith<ReadCard>;
  readonly issue: AnswerWith<IssuedCard>;
  readonly encoders: readonly Encoder[];
  readonly rooms: readonly RoomTree[];
  readonly records: readonly RoomRecord[] | null;
}

const DONE = { outcome: 'succeeded', operation: OPERATION, repeat: false } as const;
const SERIAL = serial.parse('4567');

export function scriptedAccount(facts: Partial<KnownAccount> = {}): KnownAccount {
  const usual = { name: 'Demo', suspended: false, previousToken: null, refusalOf: () => null };
  return { sid: PUBLISHED_ACCOUNT, token: PUBLISHED_TOKEN, ...usual, ...facts };
}

/** A desk that answers as its script says and remembers what it was asked. By default everything succeeds. */
export function scriptedCardRequests(script: Partial<Script> = {}) {
  const { account, tooManyWrongSignatures, property, check, answer, read, issue, encoders, rooms, records }: Script = {
    account: scriptedAccount(),
    tooManyWrongSignatures: false,
    property: {
      id: 'property-1',
      number: '1316879946',
      name: 'Demo',
      timeZone: 'Asia/Shanghai',
      cardKeys: [],
      checkOutTime: '12:00',
    },
    check: { ok: true, member: MEMBER },
    answer: DONE,
    read: { ...DONE, value: { serial: SERIAL, card: null } },
    issue: { ...DONE, value: { serial: SERIAL, recordId: 'record-1', superseded: [], writtenBefore: null } },
    encoders: [],
    rooms: [],
    records: [],
    ...script,
  };
  const asked = {
    calls: [] as string[],
    wrongSignatures: [] as Parameters<CardRequests['countWrongSignature']>[],
    cancels: [] as CancelRequest[],
    reads: [] as ReadRequest[],
    issues: [] as IssueRequest[],
    queries: [] as RecordsQuery[],
    members: [] as Parameters<CardRequests['checkMember']>[],
  };
  const cardRequests: CardRequests = {
    async findAccount() {
      asked.calls.push('findAccount');
      return account;
    },
    async findProperty() {
      asked.calls.push('findProperty');
      return property;
    },
    async checkMember(...given) {
      asked.calls.push('checkMember');
      asked.members.push(given);
      return check;
    },
    countWrongSignature: (...given) => {
      asked.wrongSignatures.push(given);
      return tooManyWrongSignatures;
    },
    async cancelCard(request, hungUp) {
      asked.calls.push('cancelCard');
      asked.cancels.push(request);
      return typeof answer === 'function' ? answer(request, hungUp) : answer;
    },
    async readCard(request) {
      asked.calls.push('readCard');
      asked.reads.push(request);
      return read;
    },
    async issueCard(request) {
      asked.calls.push('issueCard');
      asked.issues.push(request);
      return issue;
    },
    async listEncoders() {
      asked.calls.push('listEncoders');
      return encoders;
    },
    async listRooms() {
      asked.calls.push('listRooms');
      return rooms;
    },
    async listRecords(query) {
      asked.calls.push('listRecords');
      asked.queries.push(query);
      return records;
    },
  };
  return { cardRequests, asked };
}

/** Within the time stamp of the published queryByRoom. Unix milliseconds. */
export const NOW = 1_590_379_366_000;

/** A form as it comes in. */
export function formRequest(body: string, given: Partial<RoomCardRequest> = {}): RoomCardRequest {
  return {
    contentType: 'application/x-www-form-urlencoded',
    query: '',
    body: Buffer.from(body),
    address: '192.0.2.1',
    receivedAt: NOW,
    hungUp: new AbortController().signal,
    ...given,
  };
}

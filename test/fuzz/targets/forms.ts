import { signatureA, signatureB } from '@keyrack/protocol';
import { ROOM_CARD_PATHS } from '@keyrack/server/http/room-card-routes.ts';
import { envelope } from '@keyrack/server/roomcard/reply.ts';
import { BODY_FORMS, BOUNDARY } from '@keyrack/server/roomcard/testing/body-forms.ts';
import {
  PUBLISHED_ACCOUNT,
  PUBLISHED_FORM,
  PUBLISHED_TOKEN,
  scriptedCardRequests,
} from '@keyrack/server/roomcard/testing/scripted-card-requests.ts';
import type { Chance } from '../../faults/chance.ts';
import { mutateBytes, mutateText, mutateValue, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

const CREATOR = {
  creatorAreaCode: '86',
  creatorMobile: '10000000000',
  creatorPassword: 'bbc69d27003568a7a94626ce4337bc9d',
};
const ASKER = { accountSid: PUBLISHED_ACCOUNT, communityNo: '1316879946' };
const ROOM = { buildNo: '001', floorNo: '001', roomNo: 'R007' };

/** A valid request of every endpoint, but for signature and time stamp. */
const VALID_FIELDS: readonly (readonly [path: string, fields: Readonly<Record<string, string>>])[] = [
  ['/Home/Qrm/cancelCard', Object.fromEntries(new URLSearchParams(PUBLISHED_FORM))],
  ['/Home/Qrm/cancelCard', { ...ASKER, ...CREATOR, serialNum: '04A1B2', issueMac: '', operateCardType: '2' }],
  ['/Home/Qrm/readCard', { ...ASKER, ...CREATOR, issueMac: '7C:77:8A:6C:7D:9C', operateCardType: '4' }],
  [
    '/Home/Qrm/makeRoomCard',
    {
      ...ASKER,
      ...CREATOR,
      ...ROOM,
      issueMac: '7C778A6C7D9C',
      endTime: '3608261200',
      opentype: '0',
      netWork: '0',
      owner: 'Zoë Müller',
      ownerGender: '0',
      ownerAreaCode: '41',
      ownerMobile: '790000000',
      isLost: '0',
    },
  ],
  ['/Home/Qrm/getMacList', { ...ASKER }],
  ['/Home/Records/fetchRoomInfo', { ...ASKER }],
  [
    '/Home/Records/queryByRoom',
    {
      ...ASKER,
      ...ROOM,
      rand: '12345',
      startDate: '2026-08-01',
      endDate: '2026-08-30',
      recordType: '0',
    },
  ],
];

/** Where pieces of one way to spell a body are put into another. */
const PIECES: readonly string[] = [
  PUBLISHED_FORM,
  '{"a":"b"}',
  '{"serialNum":4567,"issueMac":null,"a":9007199254740993,"b":-0,"c":1e3}',
  '\ufeff',
  '\r\n',
  `--${BOUNDARY}`,
  `\r\n--${BOUNDARY}--`,
  `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="serialNum"\r\n\r\n4568`,
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name=a; filename="b"\r\nContent-Type: multipart/mixed\r\n\r\n`,
  'Content-Transfer-Encoding: base64\r\n',
];

const CONTENT_TYPES: readonly string[] = [
  ...new Set(BODY_FORMS.map(({ spell }) => spell({}).contentType ?? '')),
  'multipart/form-data; boundary=-',
  `multipart/form-data; boundary="${BOUNDARY}"; charset=gbk`,
  'multipart/mixed; boundary=a',
];

function withTime(path: string, fields: Readonly<Record<string, string>>, now: number): Record<string, string> {
  return isSignedInQuery(path) ? { ...fields, timestamp: String(Math.floor(now / 1_000)) } : fields;
}

/** Signature B travels in the query, signature A among the fields. */
function isSignedInQuery(path: string): boolean {
  return path.startsWith('/Home/Records/');
}

/** What the fuzzer starts from, unchanged: all of it must be understood, or mutations get nowhere. */
export function validForms(now: number): FormRequest[] {
  return VALID_FIELDS.flatMap(([path, given]) => {
    const fields = withTime(path, given, now);
    const sig = signatureOf(path, fields);
    const query = isSignedInQuery(path) ? `sig=${sig}` : '';
    return BODY_FORMS.map(({ spell }) => ({
      path,
      query,
      ...spell(isSignedInQuery(path) ? fields : { ...fields, sig }),
    }));
  });
}

/** A request as it goes into the parsers: signed or not, valid or hardly so. */
export interface FormRequest {
  readonly path: string;
  /** Behind the `?` of the address; empty where nothing stands there. */
  readonly query: string;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

/** Mutates fields before they are signed, or the bytes afterwards, or both. `now`: the server's, in Unix milliseconds. */
export function makeForm(chance: Chance, pool: Pool, now: number): FormRequest {
  const [path, given] = chance.of(VALID_FIELDS);
  const valid = withTime(path, given, now);
  const fields: Record<string, string> = { ...valid };
  if (chance.one(0.6)) {
    const name = chance.of(Object.keys(fields));
    fields[name] = chance.one(0.7)
      ? mutateText(chance, pool, String(fields[name]), Object.values(valid))
      : chance.of(pool.texts);
  }
  const sig = chance.one(0.8) ? signatureOf(path, fields) : undefined;
  if (!isSignedInQuery(path) && sig !== undefined) fields.sig = sig;
  const query = isSignedInQuery(path) && sig !== undefined ? `sig=${sig}` : '';
  const spelt = chance.of(BODY_FORMS).spell(fields);
  const contentType = chance.one(0.9)
    ? spelt.contentType
    : mutateText(chance, pool, chance.one(0.5) ? (spelt.contentType ?? '') : chance.of(CONTENT_TYPES), CONTENT_TYPES);
  const body = chance.one(0.1) ? jsonOfAnything(chance, pool, fields) : spelt.body;
  const changed = chance.one(0.3) ? Buffer.from(mutateText(chance, pool, body.toString('utf8'), PIECES), 'utf8') : body;
  return {
    path,
    query: chance.one(0.1) ? mutateText(chance, pool, query, [query, 'sig=a&sig=b', 'lang[]=zh']) : query,
    contentType,
    body: chance.one(0.15) ? mutateBytes(chance, pool, changed) : changed,
  };
}

/** An object whose values are numbers, lists, objects and others that no field may be. */
function jsonOfAnything(chance: Chance, pool: Pool, fields: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(JSON.stringify(mutateValue(chance, pool, fields)) ?? '');
}

function signatureOf(path: string, fields: Readonly<Record<string, string>>): string {
  const endpoint = path.split('/').at(-1) as 'cancelCard';
  return isSignedInQuery(path)
    ? signatureB(fields, PUBLISHED_TOKEN, 'form-encoded')
    : signatureA(endpoint, fields, PUBLISHED_TOKEN);
}

/** A desk remembers what it was asked, so it is replaced now and then. */
const DESK_LIFE = 500;
const NOW_MS = 1_790_000_000_000;

/** Bodies, through parser, signature and handler of every endpoint, before a desk that says yes to everything. */
export function forms(pool: Pool): Target {
  let { cardRequests } = scriptedCardRequests();
  let life = 0;
  return {
    name: 'forms',
    lanes: 1,
    where: 'within',
    slowMs: 1_000,
    next(chance) {
      const { path, query, contentType, body } = makeForm(chance, pool, NOW_MS);
      return {
        shown: `${path}?${query} ${contentType}\n${Buffer.from(body).toString('latin1')}`,
        async feed() {
          life += 1;
          if (life % DESK_LIFE === 0) cardRequests = scriptedCardRequests().cardRequests;
          const route = ROOM_CARD_PATHS.get(path);
          if (route === undefined) throw new Error(`nobody answers at ${path}`);
          const handled = await route.handle(cardRequests, {
            contentType,
            body,
            query,
            address: '192.0.2.1',
            receivedAt: NOW_MS,
            hungUp: new AbortController().signal,
          });
          const text = envelope(handled.reply.status, handled.reply.message, handled.reply.data);
          if (handled.reply.status === 'internal') throw new Error(`an internal error was told: ${text}`);
          JSON.parse(text);
          return undefined;
        },
      };
    },
    close: async () => {},
  };
}

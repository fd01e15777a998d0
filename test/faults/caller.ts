import { request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type SignatureAEndpoint, signatureA } from '@keyrack/protocol';
import type { FrontDesk, PropertyCard, PropertyEncoder, TestProperty } from './property.ts';

/** One answer as it came over the wire, or that none came. Times in milliseconds since the run began. */
export interface HttpAnswer {
  readonly sentAt: number;
  readonly answeredAt: number;
  /** 0 where no whole answer came. */
  readonly http: number;
  /** The envelope's status; 0 where there is none. */
  readonly status: number;
  readonly message: string;
  readonly operation: string | null;
  /** Of the card that was issued or read. */
  readonly serial: string | null;
  /** Of the room on a card that was read: empty for a blank one. */
  readonly lockNumber: string | null;
}

/** Everything that was said about one wish, in order. */
export interface Asked {
  readonly endpoint: SignatureAEndpoint;
  readonly card: PropertyCard;
  readonly answers: HttpAnswer[];
}

/** `done` and `failed` are final; `open`: the caller gave up without a final answer. */
export type AnswerKind = 'done' | 'failed' | 'open';

export const STATUS = { success: 200, open: 6209 } as const;

export interface Caller {
  /** What was asked and answered so far. */
  readonly ledger: readonly Asked[];
  /** When the latest request that succeeded was sent, by the name of the desk. Milliseconds since the run began. */
  readonly served: ReadonlyMap<string, number>;
  /** Asks, and asks again with the same request, until the answer is final or the patience is over. */
  ask(
    wish: Wish,
    patience: Patience,
  ): Promise<{ readonly told: AnswerKind; readonly asked: Asked; readonly final: HttpAnswer | null }>;
}

export interface Wish {
  readonly endpoint: 'cancelCard' | 'makeRoomCard' | 'readCard';
  readonly desk: FrontDesk;
  readonly encoder: PropertyEncoder;
  readonly card: PropertyCard;
  /** For makeRoomCard: tells one guest from another. */
  readonly endTime: string;
}

export interface Patience {
  readonly tries: number;
  /** Sends each request twice, side by side. */
  readonly twice: boolean;
  /** Once aborted, nothing is sent again. */
  readonly leaving: AbortSignal;
}

/** Longer than the server lets anybody wait for an answer. */
const TIMEOUT_MS = 9_000;

export function createCaller(property: TestProperty, port: number, now: () => number): Caller {
  const ledger: Asked[] = [];
  const served = new Map<string, number>();

  const send = async (wish: Wish, asked: Asked): Promise<HttpAnswer> => {
    const sentAt = now();
    const answer = await post(port, `/Home/Qrm/${wish.endpoint}`, formOf(property, wish));
    const complete = { sentAt, answeredAt: now(), ...answer };
    asked.answers.push(complete);
    const { name } = wish.desk;
    if (answer.status === STATUS.success) served.set(name, Math.max(served.get(name) ?? 0, sentAt));
    return complete;
  };

  return {
    ledger,
    served,
    async ask(wish, { tries, twice, leaving }) {
      const asked: Asked = { endpoint: wish.endpoint, card: wish.card, answers: [] };
      ledger.push(asked);
      for (let i = 0; i < tries && (i === 0 || !leaving.aborted); i += 1) {
        const answers = await Promise.all(twice ? [send(wish, asked), send(wish, asked)] : [send(wish, asked)]);
        const final = answers.find(isFinal);
        if (final !== undefined) return { told: final.status === STATUS.success ? 'done' : 'failed', asked, final };
        await wait(100 + 50 * i);
      }
      return { told: 'open', asked, final: null };
    },
  };
}

/** Whether it says how it ended: not a broken connection, not 5xx, not "open". */
export function isFinal({ http, status }: HttpAnswer): boolean {
  return http === 200 && status !== STATUS.open;
}

function formOf(property: TestProperty, { endpoint, desk, encoder, card, endTime }: Wish): string {
  const { areaCode, mobile, passwordMd5 } = desk.member;
  const common = {
    accountSid: property.accountSid,
    communityNo: property.propertyNumber,
    creatorAreaCode: areaCode,
    creatorMobile: mobile,
    creatorPassword: passwordMd5,
    ...(encoder.forSignedIn ? {} : { issueMac: encoder.mac }),
  };
  const operateCardType = encoder.forSignedIn ? '2' : '4';
  const { buildingNo: buildNo, floorNo, roomNo } = card.room;
  const own = {
    cancelCard: { serialNum: card.serial, operateCardType },
    readCard: { operateCardType },
    makeRoomCard: { endTime, buildNo, floorNo, roomNo },
  };
  const fields: Record<string, string> = { ...common, ...own[endpoint] };
  return new URLSearchParams({ ...fields, sig: signatureA(endpoint, fields, property.authToken) }).toString();
}

const NOTHING = { http: 0, status: 0, message: '', operation: null, serial: null, lockNumber: null };

/** One connection for each request, as clients of this API do. */
export function post(port: number, path: string, body: string): Promise<Omit<HttpAnswer, 'sentAt' | 'answeredAt'>> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    const sent = httpRequest({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(NOTHING));
      response.on('close', () => {
        if (!response.complete) return resolve(NOTHING);
        const envelope = parse(Buffer.concat(chunks).toString('utf8'));
        const operation = response.headers['x-operation-id'];
        resolve({
          http: response.statusCode ?? 0,
          status: Number(envelope.status ?? 0),
          message: String(envelope.message ?? ''),
          operation: typeof operation === 'string' ? operation : null,
          serial: envelope.data?.serialNum ?? null,
          lockNumber: envelope.data?.lockno ?? null,
        });
      });
    });
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy());
    sent.on('error', () => resolve(NOTHING));
    sent.on('close', () => resolve(NOTHING));
    sent.end(body);
  });
}

interface Envelope {
  readonly status?: number;
  readonly message?: string;
  readonly data?: { readonly serialNum?: string; readonly lockno?: string };
}

function parse(text: string): Envelope {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return {};
  }
}

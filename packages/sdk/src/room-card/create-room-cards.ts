import { baseOf } from '../base-of.ts';
import { KeyrackUnreachable } from '../problems.ts';
import { notKeyrack, unreachable } from '../read-answer.ts';
import { pauseBefore } from '../retry-rules.ts';
import { pause, timeLimit } from '../time-limit.ts';
import { userAgent } from '../user-agent.ts';
import { type Envelope, RoomCardFailure } from './failure.ts';
import type { RoomCardAnswers, RoomCardEndpoint, RoomCardRequests } from './fields.ts';
import { SIGNATURE_A_FIELDS, type SignatureAEndpoint, signatureA, signatureB } from './sign.ts';

export interface RoomCardsOptions {
  /** Address of the server, e.g. `https://keys.example.com`. */
  readonly url: string;
  readonly accountSid: string;
  /** Signs, and is never sent. */
  readonly authToken: string;
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds that one try may take: 45,000 unless told. It belongs above the server's wait for the answer, 30 seconds. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent again of which no answer came: 3 unless told. */
  readonly retries?: number | undefined;
  /** Name and version of your program. */
  readonly userAgent?: string | undefined;
}

export interface RoomCardCallOptions {
  /** Ends the call. The operation goes on: hanging up withdraws nothing. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly retries?: number | undefined;
  /** Milliseconds for which the same request is sent again while its outcome is open (6209); none unless told. */
  readonly untilKnownMs?: number | undefined;
}

/** A client of the room-card API. Each method sends the request of its name, signed, and returns its `data`. */
export type RoomCards = {
  readonly [Name in RoomCardEndpoint]: (
    fields: RoomCardRequests[Name],
    options?: RoomCardCallOptions,
  ) => Promise<RoomCardAnswers[Name]>;
};

const PATHS: Readonly<Record<RoomCardEndpoint, string>> = {
  getMacList: '/Home/Qrm/getMacList',
  fetchRoomInfo: '/Home/Records/fetchRoomInfo',
  makeRoomCard: '/Home/Qrm/makeRoomCard',
  readCard: '/Home/Qrm/readCard',
  cancelCard: '/Home/Qrm/cancelCard',
  queryByRoom: '/Home/Records/queryByRoom',
};

/** What is answered where there is nothing to list. */
const NOTHING: Partial<Record<RoomCardEndpoint, unknown>> = {
  getMacList: [],
  fetchRoomInfo: { builders: [] },
  queryByRoom: [],
};

const LIMITS = { timeoutMs: 45_000, retries: 3, openPauseMs: 2_000 } as const;

/** A client of the room-card API of a Keyrack server, or of another that speaks it, by a developer account. */
export function createRoomCards(options: RoomCardsOptions): RoomCards {
  const base = baseOf(options.url);
  const agent = userAgent(options.userAgent);

  const tryOnce = async (name: RoomCardEndpoint, fields: object, given: RoomCardCallOptions): Promise<unknown> => {
    const { url, body } = signedRequest(base, name, fields, options);
    const timeoutMs = given.timeoutMs ?? options.timeoutMs ?? LIMITS.timeoutMs;
    const limit = timeLimit(timeoutMs, given.signal);
    try {
      const response = await (options.fetch ?? globalThis.fetch)(url, {
        method: 'POST',
        headers: { ...agent, 'content-type': 'application/x-www-form-urlencoded' },
        body,
        redirect: 'manual',
        signal: limit.signal,
      });
      return dataOf(name, response, await response.text());
    } catch (error) {
      if (error instanceof RoomCardFailure || error instanceof KeyrackUnreachable) throw error;
      given.signal?.throwIfAborted();
      throw unreachable(error, limit.signal, timeoutMs, new URL(url).host);
    } finally {
      limit.end();
    }
  };

  const call = async (name: RoomCardEndpoint, fields: object, given: RoomCardCallOptions = {}): Promise<unknown> => {
    const knownBy = performance.now() + (given.untilKnownMs ?? 0);
    const retries = given.retries ?? options.retries ?? LIMITS.retries;
    for (let lost = 0; ; ) {
      try {
        return await tryOnce(name, fields, given);
      } catch (error) {
        if (error instanceof RoomCardFailure && error.reason === 'open' && performance.now() < knownBy) {
          await pause(LIMITS.openPauseMs, given.signal);
          continue;
        }
        // The same request, sent again, tells what became of the one before ("Open outcomes, repeats and waits").
        lost += 1;
        if (!mayComeAgain(error) || lost > retries) throw error;
        await pause(pauseBefore(lost, null, Math.random()) ?? 0, given.signal);
      }
    }
  };

  const methods = Object.keys(PATHS).map((name) => [
    name,
    (fields: object, given?: RoomCardCallOptions) => call(name as RoomCardEndpoint, fields, given),
  ]);
  return Object.fromEntries(methods);
}

function mayComeAgain(error: unknown): boolean {
  if (error instanceof RoomCardFailure) return error.reason === 'unavailable' || error.reason === 'internal';
  return error instanceof KeyrackUnreachable && (error.reason !== 'not-keyrack' || (error.status ?? 0) >= 500);
}

function signedRequest(
  base: string,
  name: RoomCardEndpoint,
  given: object,
  { accountSid, authToken }: RoomCardsOptions,
): { readonly url: string; readonly body: string } {
  const fields: Record<string, string> = { accountSid };
  for (const [field, value] of Object.entries(given)) if (value !== undefined) fields[field] = String(value);
  const url = `${base}${PATHS[name]}`;
  if (name in SIGNATURE_A_FIELDS) {
    const sig = signatureA(name as SignatureAEndpoint, fields, authToken);
    return { url, body: new URLSearchParams({ ...fields, sig }).toString() };
  }
  fields.timestamp = String(Math.floor(Date.now() / 1_000));
  return { url: `${url}?sig=${signatureB(fields, authToken)}`, body: new URLSearchParams(fields).toString() };
}

function dataOf(name: RoomCardEndpoint, response: Response, text: string): unknown {
  const envelope = parseEnvelope(text);
  if (envelope === null) {
    throw notKeyrack(
      response,
      `It answered ${response.status} with no envelope of the room-card API: see that \`url\` is right.`,
    );
  }
  if (envelope.status === 200) return envelope.data;
  const facts = {
    requestId: response.headers.get('x-request-id'),
    operationId: response.headers.get('x-operation-id'),
  };
  const failure = new RoomCardFailure(envelope, facts);
  if (failure.reason === 'no-data' && name in NOTHING) return NOTHING[name];
  throw failure;
}

function parseEnvelope(text: string): Envelope | null {
  try {
    const parsed = JSON.parse(text) as Partial<Envelope> | null;
    return typeof parsed?.status === 'number' && typeof parsed.info === 'string' ? (parsed as Envelope) : null;
  } catch {
    return null;
  }
}

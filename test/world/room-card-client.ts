import { type SignatureAEndpoint, signatureA } from '@keyrack/protocol';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';

export type Fields = Readonly<Record<string, string>>;

/** The fields of the published cancel, unsigned. An empty one is the same as none. */
export const CANCEL: Fields = {
  issueMac: PUBLISHED.encoder,
  accountSid: PUBLISHED.accountSid,
  communityNo: PUBLISHED.propertyNumber,
  serialNum: PUBLISHED.serial,
  creatorAreaCode: PUBLISHED.areaCode,
  creatorMobile: PUBLISHED.mobile,
  creatorPassword: PUBLISHED.passwordMd5,
  operateCardType: '4',
};

/** A card for the room of the published card, on the encoder where that card lies, until long after these tests. */
export const ISSUE: Fields = {
  issueMac: PUBLISHED.encoder,
  endTime: '9912312359',
  accountSid: PUBLISHED.accountSid,
  communityNo: PUBLISHED.propertyNumber,
  buildNo: '001',
  floorNo: '001',
  roomNo: 'R007',
  creatorAreaCode: PUBLISHED.areaCode,
  creatorMobile: PUBLISHED.mobile,
  creatorPassword: PUBLISHED.passwordMd5,
};

const { serialNum: _serial, ...read } = CANCEL;
export const READ: Fields = read;

/** The commands to a card, each with the request that the tests change. */
const COMMANDS = { cancelCard: CANCEL, makeRoomCard: ISSUE, readCard: READ } as const;
export type CardCommand = keyof typeof COMMANDS;

export interface Answered {
  readonly http: number;
  /** The body to the byte. */
  readonly body: string;
  readonly requestId: string | null;
  readonly operationId: string | null;
}

/** A form with its signature A, as property software sends it. */
export function signed(fields: Fields, authToken: string = PUBLISHED.authToken): string {
  return signedFor('cancelCard', fields, authToken);
}

export function signedFor(endpoint: SignatureAEndpoint, fields: Fields, authToken: string): string {
  return new URLSearchParams({ ...fields, sig: signatureA(endpoint, fields, authToken) }).toString();
}

/** Posts a form. Rejects when the connection breaks, as it does for a client whose server was killed. */
export async function postForm(url: string, form: string, signal?: AbortSignal): Promise<Answered> {
  const response = await fetch(url, {
    method: 'POST',
    // A connection of its own: one that is kept from before a restart would fail by itself.
    headers: { 'content-type': 'application/x-www-form-urlencoded', connection: 'close' },
    body: form,
    ...(signal && { signal }),
  });
  return {
    http: response.status,
    body: await response.text(),
    requestId: response.headers.get('x-request-id'),
    operationId: response.headers.get('x-operation-id'),
  };
}

/** Sends a command: its request with some fields changed, and signed anew. */
export function command(
  server: string,
  name: CardCommand,
  changes: Fields = {},
  signal?: AbortSignal,
): Promise<Answered> {
  const form = signedFor(name, { ...COMMANDS[name], ...changes }, PUBLISHED.authToken);
  return postForm(`${server}/Home/Qrm/${name}`, form, signal);
}

export const SUCCESS = '{"status":200,"info":"success"}';

/** The body of a refusal. */
export function refusal(status: number, info: string, message: string): string {
  return JSON.stringify({ status, info, message });
}

/** The body that a caller gets whose card was lifted in the middle of its write, and doesn't lie there again. */
export function cardInDoubt(serial: string): string {
  const message = `The write to card ${serial} was cut off; put that card on an encoder, and send the same request again.`;
  return refusal(6209, 'Operation outcome open', message);
}

/** The body that a caller gets who waited so long in vain. */
export function outcomeOpen(seconds: number): string {
  const message = `The outcome is not known after ${seconds} seconds; send the same request again to learn it.`;
  return refusal(6209, 'Operation outcome open', message);
}

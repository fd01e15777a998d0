import type { RoomCardEndpoint } from '@keyrack/sdk/room-card';
import {
  SIGNATURE_A_FIELDS,
  type SignatureAEndpoint,
  signatureA,
  signatureB,
  stringToSignA,
  stringToSignB,
} from '@keyrack/sdk/room-card/sign.ts';
import { ENDPOINTS, fieldsOf, type Values } from './endpoints.ts';

/** A piece of the text that is signed. Without a name it is a sign between two others. */
export interface SignedPiece {
  readonly name: string;
  readonly value: string;
}

/** A request as it goes out, and how its signature came about. */
export interface SignedRequest {
  readonly endpoint: RoomCardEndpoint;
  readonly signature: 'A' | 'B';
  /** In the order in which they are signed, the token last or where its name stands. Empty values are in it. */
  readonly pieces: readonly SignedPiece[];
  /** With the token in it. */
  readonly text: string;
  readonly sig: string;
  /** With `sig`, for signature B. */
  readonly path: string;
  /** The form; with `sig`, for signature A. */
  readonly body: string;
  /** What the SDK takes: without `accountSid`, `timestamp` and `sig`. */
  readonly fields: Readonly<Record<string, string>>;
}

export function isSignedByA(endpoint: RoomCardEndpoint): endpoint is SignatureAEndpoint {
  return Object.hasOwn(SIGNATURE_A_FIELDS, endpoint);
}

/** Signs what is filled in, as the SDK does. `now` in Unix milliseconds. */
export function signRequest(
  endpoint: RoomCardEndpoint,
  account: { readonly sid: string; readonly token: string },
  values: Values,
  now: number,
): SignedRequest {
  const { path } = ENDPOINTS[endpoint];
  const fields: Record<string, string> = {};
  for (const name of fieldsOf(endpoint)) {
    const value = values[name] ?? '';
    if (value !== '') fields[name] = value;
  }
  const sent: Record<string, string> = { accountSid: account.sid, ...fields };
  const made = { endpoint, fields };
  if (isSignedByA(endpoint)) {
    const sig = signatureA(endpoint, sent, account.token);
    const pieces = SIGNATURE_A_FIELDS[endpoint].map((name) => ({ name, value: sent[name] ?? '' }));
    return {
      ...made,
      signature: 'A',
      pieces: [...pieces, { name: 'authToken', value: account.token }],
      text: stringToSignA(endpoint, sent, account.token),
      sig,
      path,
      body: new URLSearchParams({ ...sent, sig }).toString(),
    };
  }
  sent.timestamp = String(Math.floor(now / 1_000));
  const sig = signatureB(sent, account.token);
  const names = [...Object.keys(sent), 'authToken'].sort();
  return {
    ...made,
    signature: 'B',
    pieces: names.map((name) => ({ name, value: name === 'authToken' ? account.token : (sent[name] ?? '') })),
    text: stringToSignB(sent, account.token, 'plain'),
    sig,
    path: `${path}?sig=${sig}`,
    body: new URLSearchParams(sent).toString(),
  };
}

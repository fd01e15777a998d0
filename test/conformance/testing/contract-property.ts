import { performance } from 'node:perf_hooks';
import {
  type Chip,
  type Serial,
  type SignatureAEndpoint,
  type SignatureBVariant,
  signatureA,
  signatureB,
} from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { FAILURES } from '@keyrack/server/domain/limits.ts';
import { type Clock, systemClock } from '@keyrack/server/runtime/clock.ts';
import { makeTemplate, type Template } from '../../world/template.ts';
import { type FrontDesk, openProperty, type PropertyOptions, type TestProperty } from '../../world/test-property.ts';
import { type EndpointName, endpoint, type Fields, SAMPLE_TIME } from './contract.ts';

/** An answer of the room-card API. */
export interface ApiAnswer {
  readonly http: number;
  readonly status: number;
  readonly info: string;
  readonly message: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer carries is for its test to say.
  readonly data: any;
  /** The body to the byte. */
  readonly body: string;
  readonly headers: Headers;
}

export interface Sending {
  /** `form` unless told. */
  readonly as?: 'form' | 'json';
  readonly token?: string;
  /** Replaces the right signature. */
  readonly sig?: string;
  readonly variant?: SignatureBVariant;
}

/** A clock that a test can set. */
export interface TestClock extends Clock {
  set(unixMs: number): void;
}

/** The demonstration's property and front desk on the day of the published samples. */
export interface ContractProperty {
  readonly property: TestProperty;
  readonly desk: FrontDesk;
  readonly clock: TestClock;
  /** Lets time pass for failed attempts alone, so that what was counted against a door is forgotten. */
  forgiveFailures(): void;
  /** The endpoint's good request with some fields changed, signed. An undefined field isn't sent. */
  ask(
    name: EndpointName,
    changes?: Readonly<Record<string, string | undefined>>,
    sending?: Sending,
  ): Promise<ApiAnswer>;
  /**
   * Lays the card down that a request to this address is about: new plastic for each key after the first, and the
   * published card to be cancelled. Nothing where the test does so. What is asked by the property does so by itself.
   */
  layCard(address: string): void;
  /** Any body. */
  post(address: string, body: string | Uint8Array, contentType?: string): Promise<ApiAnswer>;
  close(): Promise<void>;
}

export const FORM = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';

export async function openContractProperty(
  options: PropertyOptions = {},
  template?: Template,
): Promise<ContractProperty> {
  const clock = testClock();
  let forgiven = 0;
  const credentialClock: Clock = { ...clock, monotonic: () => performance.now() + forgiven };
  const made = template ?? (await makeTemplate(clock.now()));
  const property = await openProperty(made, {
    cardWaitSeconds: 2,
    answerWaitSeconds: 4,
    ...options,
    parts: { clock, credentialClock },
  });
  const desk = await property.openDesk();
  let laid = 0;
  /** Whether the test has laid a card down, or taken one away, since the property did. */
  let byTheTest = false;
  for (const encoder of desk.cards.encoders)
    encoder.onChange(() => {
      byTheTest = true;
    });
  const lay = (serial: Serial, chip?: Chip) => {
    desk.cards.place(serial, { encoder: PUBLISHED.encoder, chip });
    byTheTest = false;
  };
  const layCard = (address: string) => {
    const isMake = address.includes('makeRoomCard');
    if (isMake) laid += 1;
    if (byTheTest) return;
    if (isMake && laid > 1) lay(serialOf(`04F0${laid.toString(16).toUpperCase().padStart(10, '0')}`), 'ntag-213');
    const isThere = desk.cards.encoders.some((each) => each.card()?.serial === PUBLISHED.serial);
    if (address.includes('cancelCard') && !isThere) lay(PUBLISHED.serial);
  };
  const post = (address: string, body: string | Uint8Array, contentType = FORM) => {
    layCard(address);
    return postBody(`${property.url}${address}`, body, contentType);
  };
  return {
    property,
    desk,
    clock,
    layCard,
    forgiveFailures() {
      forgiven += FAILURES.windowMs;
    },
    post,
    ask(name, changes = {}, sending = {}) {
      const { address, body } = request(name, changes, sending);
      return sending.as === 'json'
        ? post(address, JSON.stringify(body), JSON_TYPE)
        : post(address, new URLSearchParams(body).toString());
    },
    async close() {
      await property.close();
      if (template === undefined) made.remove();
    },
  };
}

/** Address and fields of a signed request. */
export function request(
  name: EndpointName,
  changes: Readonly<Record<string, string | undefined>> = {},
  { token = PUBLISHED.authToken, sig: given, variant = 'plain' }: Sending = {},
): { readonly address: string; readonly body: Fields } {
  const { path, signature, good } = endpoint(name);
  const body: Record<string, string> = {};
  for (const [field, value] of Object.entries({ ...good, ...changes })) if (value !== undefined) body[field] = value;
  if (signature === 'B') return { address: `${path}?sig=${given ?? signatureB(body, token, variant)}`, body };
  return { address: path, body: { ...body, sig: given ?? signatureA(name as SignatureAEndpoint, body, token) } };
}

export async function postBody(url: string, body: string | Uint8Array, contentType?: string): Promise<ApiAnswer> {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType };
  // As bytes, since text would be sent with a type of its own.
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(body as string) });
  const text = await response.text();
  const { status, info, message, data } = JSON.parse(text);
  return { http: response.status, status, info, message, data, body: text, headers: response.headers };
}

function testClock(): TestClock {
  let offset = SAMPLE_TIME - Date.now();
  return {
    ...systemClock,
    now: () => Date.now() + offset,
    set: (unixMs) => {
      offset = unixMs - Date.now();
    },
  };
}

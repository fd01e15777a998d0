/**
 * Checks deliveries of webhooks by Standard Webhooks 1.0 (https://www.standardwebhooks.com): the signature `v1`, an HMAC-SHA256
 * of id, time and body.
 */

/** Why a delivery is not taken. */
export type DeliveryFault =
  /** `webhook-id`, `webhook-timestamp` or `webhook-signature` is missing or malformed. */
  | 'headers'
  /** It was signed too long ago, or the clocks differ: somebody may have kept it and sent it again. */
  | 'too-old'
  | 'too-new'
  /** None of its signatures is by this secret. */
  | 'signature'
  /** It is signed rightly, and is no JSON. */
  | 'body';

/** A delivery that must not be believed. Answer it with 400. */
export class DeliveryRefused extends Error {
  override readonly name = 'DeliveryRefused';
  readonly fault: DeliveryFault;

  constructor(fault: DeliveryFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

export function isDeliveryRefused(error: unknown, ...faults: readonly DeliveryFault[]): error is DeliveryRefused {
  return error instanceof DeliveryRefused && (faults.length === 0 || faults.includes(error.fault));
}

export interface Delivery {
  /** The body to the byte, as it came. What was parsed and written again has another signature. */
  readonly body: string | Uint8Array;
  /** Those of the request: `Headers`, or an object as Node has it. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The secret of the webhook, `whsec_…`; several while it is being changed. */
  readonly secret: string | readonly string[];
  /** Seconds that the clocks may differ and a delivery may take, 300 unless told. */
  readonly toleranceSeconds?: number;
  /** Unix milliseconds; now unless told. */
  readonly now?: number;
}

export interface Delivered<Event = unknown> {
  /** The same for each delivery of one event: whoever has seen it needs to do nothing more. */
  readonly id: string;
  /** When this delivery was signed. */
  readonly sentAt: Date;
  readonly event: Event;
}

const TOLERANCE_SECONDS = 300;

/** The event of a delivery that is signed rightly and in time. Throws DeliveryRefused for any other. */
export async function verifyDelivery<Event = unknown>(delivery: Delivery): Promise<Delivered<Event>> {
  const { body, secret, toleranceSeconds = TOLERANCE_SECONDS, now = Date.now() } = delivery;
  const secrets = (typeof secret === 'string' ? [secret] : secret).map(secretBytes);
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) =>
    headerOf(delivery.headers, `webhook-${name}`),
  ) as [string, string, string];
  if (!/^\d{1,12}$/.test(timestamp)) throw new DeliveryRefused('headers', 'webhook-timestamp is no Unix time.');
  const ageSeconds = now / 1_000 - Number(timestamp);
  if (ageSeconds > toleranceSeconds) throw new DeliveryRefused('too-old', 'It was signed too long ago; set the clock.');
  if (ageSeconds < -toleranceSeconds) throw new DeliveryRefused('too-new', 'It is signed for later; set the clock.');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = concatenate(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  if (!(await isSignedByOneOf(secrets, signature, signed)))
    throw new DeliveryRefused(
      'signature',
      'None of its signatures is by this secret; check the secret, and that the body is the one that came.',
    );
  return { id, sentAt: new Date(Number(timestamp) * 1_000), event: parse(bytes) as Event };
}

function headerOf(headers: Delivery['headers'], name: string): string {
  const found =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
  if (typeof found !== 'string' || found === '')
    throw new DeliveryRefused('headers', `It has no header ${name}, or several.`);
  return found;
}

function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (bytes === null || bytes.length === 0)
    throw new TypeError('The secret of a webhook is `whsec_` and Base64; give it as it was shown.');
  return bytes;
}

async function isSignedByOneOf(
  secrets: readonly Uint8Array<ArrayBuffer>[],
  header: string,
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const signatures = header
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => fromBase64(each.slice(3)));
  let isSigned = false;
  for (const secret of secrets) {
    const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
    for (const signature of signatures)
      if (signature !== null && (await crypto.subtle.verify('HMAC', key, signature, signed))) isSigned = true;
  }
  return isSigned;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function concatenate(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DeliveryRefused('body', 'It is signed rightly, and its body is no JSON in UTF-8.');
  }
}

import { etagOf } from './answers.ts';
import type { AnyOptions, OperationShape } from './operation-types.ts';
import type { PlannedRequest } from './send-request.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The request of an operation, from what the caller gave. Throws a TypeError where that can't be sent. */
export function planRequest(
  base: string,
  name: string,
  shape: OperationShape,
  input: Fields,
  options: AnyOptions,
): PlannedRequest {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const take = (field: string): unknown => {
    const value = rest.get(field);
    rest.delete(field);
    return value;
  };
  const path = shape.path.replace(/\{(\w+)\}/g, (_, field: string) => pathSegment(name, field, take(field)));
  const query = new URLSearchParams();
  for (const field of shape.query ?? []) {
    const value = take(field);
    if (value !== undefined) query.append(field, spoken(value));
  }
  const body = bodyOf(name, shape, rest);
  return {
    method: shape.method,
    url: `${base}${path}${query.size > 0 ? `?${query}` : ''}`,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headersOf(name, shape, options),
      ...lowerCase(options.headers),
    },
    ...(body !== undefined && { body }),
  };
}

export function pathSegment(name: string, field: string, value: unknown): string {
  const text = value === undefined || value === null ? '' : spoken(value);
  // Left empty, or as dots, it would name another address than the one that is meant.
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} needs ${field}, a part of its address; it got "${text}".`);
  return encodeURIComponent(text);
}

function spoken(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function bodyOf(name: string, { body }: OperationShape, rest: ReadonlyMap<string, unknown>): string | undefined {
  if (body === 'flat') return JSON.stringify(Object.fromEntries(rest));
  const [first, ...others] = rest.keys();
  if (body === 'nested' && first === 'body' && others.length === 0) return JSON.stringify(rest.get('body'));
  if (first === undefined && body === undefined) return undefined;
  throw new TypeError(`${name} takes no field ${[first, ...others].filter((each) => each !== 'body').join(', ')}.`);
}

function headersOf(name: string, shape: OperationShape, options: AnyOptions): Record<string, string> {
  const { ifMatch, idempotencyKey, waitSeconds } = options;
  // Passed over, each of these would let something be done that the caller wanted to be sure of.
  const refuse = (option: string) => {
    throw new TypeError(`${name} takes no ${option}.`);
  };
  if (ifMatch !== undefined && shape.comparesTags !== true) refuse('ifMatch');
  if (idempotencyKey !== undefined && shape.method !== 'POST') refuse('idempotencyKey');
  if (waitSeconds !== undefined && shape.waits !== true) refuse('waitSeconds');
  return {
    ...(shape.method === 'POST' && { 'idempotency-key': idempotencyKey ?? drawKey() }),
    ...(ifMatch !== undefined && { 'if-match': tagOf(ifMatch) }),
    ...(waitSeconds !== undefined && { prefer: `wait=${Math.ceil(waitSeconds)}` }),
  };
}

function tagOf(known: string | object): string {
  const tag = typeof known === 'string' ? known : etagOf(known);
  if (tag === null)
    throw new TypeError('`ifMatch` is an object that no answer had; give the answered one, or its ETag.');
  return tag;
}

/** 128 random bits. Browsers have `randomUUID` on secure pages alone. */
function drawKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

import { gzipSync } from 'node:zlib';
import type { Chance } from '../../faults/chance.ts';
import { mutateText, mutateValue, type Pool } from '../mutate.ts';
import { makersOf, wholeBody } from './belonging-together.ts';
import type { Drawn } from './drawn.ts';
import { type Known, type Schema, valuesOf } from './values.ts';

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly schema: Schema;
}

/** Credentials to send with, each an `Authorization` header; null for none. */
export type Credentials = readonly (string | null)[];

/** How many requests are as the document says; the others are changed in one way or several. The first ones fill what is kept. */
const VALID_SHARE = { first: 0.95, later: 0.6 } as const;
/** How often an address leads to what is there, or was. */
const KNOWN_PLACES = 0.95;
/** What a page of the server sends besides its cookie. */
const OF_PAGE = { 'keyrack-session': 'cookie' } as const;
const NO_METHODS = [
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'PUT',
  'PATCH',
  'DELETE',
  'POST',
  'GET',
  'QUERY',
  'M-SEARCH',
];

/** How the run goes so far, which the next request depends on. */
export interface Course {
  /** Those that take long are drawn less often. */
  isSlow(operation: string): boolean;
  /** Memory has not been looked at yet. */
  isFirst(): boolean;
  /** Operations that have not been done yet, though they had their share of the draws. */
  missing(): readonly string[];
}

/** How many requests are right ones for an operation that is missing, as long as there is one. */
const AIMED_SHARE = 0.5;

/** Draws requests of every operation of the document, valid and not. */
export function requestsOf(
  document: Schema,
  seed: number,
  pool: Pool,
  known: Known,
  credentials: { readonly right: string; readonly others: Credentials },
  course: Course,
): (chance: Chance) => Drawn {
  const value = valuesOf(document, seed, known);
  const operations: Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as object).map(([method, schema]) => ({
      id: schema.operationId,
      method: method.toUpperCase(),
      path,
      schema,
    })),
  );

  function draw(chance: Chance): Operation {
    const drawn = chance.of(operations);
    return course.isSlow(drawn.id) && !chance.one(0.1) ? draw(chance) : drawn;
  }

  /** One that is missing, or one that makes what it takes. Null where none is, and for the other share. */
  function aim(chance: Chance): Operation | null {
    const missing = course.missing();
    if (missing.length === 0 || !chance.one(AIMED_SHARE)) return null;
    const wanted = chance.of(missing);
    const id = chance.of([wanted, ...makersOf(wanted)]);
    return operations.find((each) => each.id === id) ?? null;
  }

  /** Somebody's own things are for who is signed in; a key is nobody. */
  const rightFor = (chance: Chance, { schema }: Operation): string => {
    const token = String(schema['x-right']).startsWith('self.') ? known.draw(chance, 'session-token') : undefined;
    return token === undefined ? credentials.right : `Bearer ${token}`;
  };
  const parametersOf = (operation: Operation, place: string): Schema[] =>
    (operation.schema.parameters ?? []).filter((each: Schema) => each.in === place);

  return (chance) => {
    const aimed = aim(chance);
    const operation = aimed ?? draw(chance);
    const isValid = aimed !== null || chance.one(course.isFirst() ? VALID_SHARE.first : VALID_SHARE.later);
    /** Whether this part of an invalid request is changed. */
    const spoils = (share: number) => !isValid && chance.one(share);
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const parameter = parametersOf(operation, 'path').find((each) => each.name === name);
      // Most of what is there is the first property's.
      const called = name === 'property' && chance.one(KNOWN_PLACES) ? 'mainProperty' : name;
      const schema = parameter?.schema ?? { type: 'string' };
      const seen = chance.one(KNOWN_PLACES) ? known.draw(chance, called, { ...schema, isPlace: true }) : undefined;
      const right = String(seen ?? value(chance, schema, name));
      return encodeURIComponent(wellFormed(spoils(0.25) ? spoilText(chance, pool, right) : right));
    });
    const query = parametersOf(operation, 'query').flatMap(({ name, required, schema }): [string, string][] => {
      if (!required && !chance.one(0.35)) return [];
      const right = String(value(chance, schema, name));
      return [[name, spoils(0.4) ? spoilText(chance, pool, right) : right]];
    });
    if (spoils(0.15)) query.push([chance.of(pool.texts), chance.of(pool.texts)]);
    if (spoils(0.05)) query.push(...query);
    const search = query.map(([name, text]) => `${encode(name)}=${encode(text)}`).join('&');
    const tail = spoils(0.06) ? chance.of(['/', '//', '/..', '/%00', '/%2e%2e/', '/%ff', '%', ';a=b', '#x']) : '';
    const target = `${path}${tail}${search === '' ? '' : `?${search}`}`;

    const headers: Record<string, string> = {};
    const credential = aimed !== null || chance.one(0.9) ? rightFor(chance, operation) : chance.of(credentials.others);
    const session = /^Bearer (ks_.*)$/.exec(credential ?? '')?.[1];
    // A session comes by the cookie of a page, too.
    if (session !== undefined && chance.one(0.3)) Object.assign(headers, { ...OF_PAGE, cookie: `keyrack=${session}` });
    else if (credential !== null) headers.authorization = credential;
    if (spoils(0.05)) Object.assign(headers, OF_PAGE, { origin: spoilText(chance, pool, 'http://127.0.0.1') });
    if (spoils(0.05)) headers.cookie = spoilText(chance, pool, `keyrack=${session}; keyrack=${session}`);
    if (spoils(0.05)) headers.authorization = spoilText(chance, pool, credentials.right);
    for (const { name, schema } of parametersOf(operation, 'header')) {
      if (!chance.one(0.3)) continue;
      headers[name.toLowerCase()] = spoils(0.5) ? spoilText(chance, pool, '"x"') : headerOf(chance, name, schema);
    }
    if (spoils(0.05)) headers.accept = chance.of(['text/event-stream', 'application/xml', '*/*;q=0', '']);
    if (spoils(0.03)) headers['x-forwarded-for'] = spoilText(chance, pool, '10.0.0.1');

    const method = spoils(0.08) ? chance.of(NO_METHODS) : operation.method;
    const bodySchema = operation.schema.requestBody?.content['application/json']?.schema;
    const wantsBody = bodySchema !== undefined || spoils(0.1);
    let json: unknown;
    let body: Uint8Array | null = null;
    if (wantsBody) {
      const whole = wholeBody(operation.id, chance, known);
      json = whole ?? (bodySchema === undefined ? chance.of(pool.values) : value(chance, bodySchema));
      if (spoils(0.7)) json = mutateValue(chance, pool, json);
      const written = JSON.stringify(json) ?? 'null';
      body = new TextEncoder().encode(written);
      headers['content-type'] = 'application/json';
      if (spoils(0.25)) {
        const odd = oddBody(chance, pool, written);
        body = odd.bytes;
        Object.assign(headers, odd.headers);
        json = parsed(odd.bytes);
      }
      // What a reader of JSON makes of it, e.g. of -0 and of what can't be written.
      else json = parsed(body);
      // A body means nothing there (RFC 9110, 9.3.1), and is passed over.
      if (method === 'GET' || method === 'HEAD') json = undefined;
    }
    for (const [name, text] of Object.entries(headers)) headers[name] = headerText(text);
    return { operation: operation.id, method, target, headers, body, json };
  };

  function headerOf(chance: Chance, name: string, schema: Schema): string {
    switch (name.toLowerCase()) {
      case 'if-match':
        return String(known.draw(chance, 'etag') ?? '*');
      case 'prefer':
        return chance.of(['wait=0', 'wait=1', 'respond-async', 'wait=1, respond-async']);
      case 'idempotency-key':
        return `key-${chance.whole(1, 300)}`;
      default:
        return String(value(chance, schema, name));
    }
  }
}

function oddBody(chance: Chance, pool: Pool, written: string): { bytes: Uint8Array; headers: Record<string, string> } {
  const utf8 = Buffer.from(written);
  switch (chance.whole(0, 9)) {
    case 0:
      return { bytes: Buffer.from(mutateText(chance, pool, written, [written])), headers: {} };
    case 1:
      return { bytes: Buffer.from(`\ufeff${written}`), headers: {} };
    case 2:
      return {
        bytes: Buffer.from(written, 'utf16le'),
        headers: { 'content-type': 'application/json; charset=utf-16' },
      };
    case 3:
      return { bytes: gzipSync(utf8), headers: { 'content-encoding': 'gzip' } };
    case 4:
      return { bytes: Buffer.concat([utf8, Buffer.of(0xff, 0xfe)]), headers: {} };
    case 5:
      return {
        bytes: utf8,
        headers: { 'content-type': chance.of(['text/plain', 'application/x-www-form-urlencoded', '']) },
      };
    case 6:
      return { bytes: Buffer.from(`${'['.repeat(2_000)}${written}`), headers: {} };
    case 7:
      return {
        bytes: Buffer.from(JSON.stringify({ ...Object(parsed(utf8)), pad: 'x'.repeat(chance.of([1_000, 70_000])) })),
        headers: {},
      };
    case 8:
      return { bytes: Buffer.from(`{"__proto__":{"a":1},"constructor":1e400,"a":${written},"a":-0}`), headers: {} };
    default:
      return { bytes: Buffer.alloc(0), headers: {} };
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function spoilText(chance: Chance, pool: Pool, text: string): string {
  return mutateText(chance, pool, text, [text, 'x']).slice(0, 2_000);
}

/** Half a surrogate pair can't be written in an address. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function encode(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

/** What may be in a header at all: clients send nothing else. */
function headerText(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim();
}

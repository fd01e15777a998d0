import { type BodyLabel, readContentType } from './body-label.ts';
import type { FieldPair } from './field-pair.ts';
import type { HeaderError, HeaderProblem } from './header-error.ts';
import type { ParameterError } from './parameter-error.ts';
import { readJson } from './read-json.ts';
import { readMultipart } from './read-multipart.ts';
import { readUrlEncoded } from './read-url-encoded.ts';

/** What a request may hold at most (docs/room-card-api.md, "Every request"). Lengths of known fields: see `fields.ts`. */
export const FORM_LIMITS = {
  /** Bytes of a body. */
  bytes: 16 * 1024,
  parameters: 40,
  /** Characters of a parameter's name or value, of unknown parameters too. The longest known field has 254. */
  characters: 1024,
} as const;

/** The parameters of a request, exactly as sent: the client signed them so. An empty value means the same as none. */
export type Form = ReadonlyMap<string, string>;

export type FormResult =
  | { readonly ok: true; readonly form: Form }
  /** A header says that the body is something else, or in another character set than UTF-8. */
  | { readonly ok: false; readonly fault: 'media-type'; readonly error: HeaderError }
  | { readonly ok: false; readonly fault: 'too-large' }
  | { readonly ok: false; readonly fault: 'parameter'; readonly error: ParameterError };

/**
 * Reads a body strictly (docs/room-card-api.md, "Every request"). Signature A joins values without a separator, so what
 * a loose parser would forgive (a second value, a stray byte) is room for a request that nobody signed.
 *
 * Forms, multipart and JSON lead to the same fields under the same rules: how a request is spelt gives it no meaning
 * that another spelling lacks. A byte order mark before the body and one line end behind it belong to none of them.
 */
export function readForm(contentType: string | undefined, body: Uint8Array): FormResult {
  const read = readContentType(contentType);
  if (!read.ok) return refuseHeader(contentType, read.problem);
  if (body.byteLength > FORM_LIMITS.bytes) return { ok: false, fault: 'too-large' };
  const text = decodeUtf8(body);
  const pairs = text === null ? NOT_UTF_8 : readPairs(read.label, text.replace(/\r?\n$/, ''));
  const result = Array.isArray(pairs) ? collect(pairs) : refuse(pairs);
  if (result.ok || result.fault !== 'parameter' || result.error.kind !== 'encoding') return result;
  const { charset } = read.label;
  return charset === null || /^utf-?8$/i.test(charset) ? result : refuseHeader(contentType, 'not-utf-8');
}

/** Reads the query string of an address as strictly as a body. */
export function readQuery(query: string): FormResult {
  const pairs = readUrlEncoded(query);
  return Array.isArray(pairs) ? collect(pairs) : refuse(pairs);
}

function readPairs(label: BodyLabel, text: string): FieldPair[] | ParameterError {
  switch (label.form) {
    case 'multipart':
      return readMultipart(text, label.boundary);
    case 'json':
      return readJson(text);
    case 'fields':
      // No form begins so: a library that writes one encodes the brace.
      return /^[\t\n\r ]*\{/.test(text) ? readJson(text) : readUrlEncoded(text);
  }
}

function collect(pairs: readonly FieldPair[]): FormResult {
  if (pairs.length > FORM_LIMITS.parameters) return refuse({ kind: 'too-many', parameter: null });
  const names = new Set<string>();
  const form = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (names.has(name)) return refuse({ kind: 'repeated', parameter: name });
    names.add(name);
    for (const part of [name, value ?? '']) {
      if (part.length > FORM_LIMITS.characters) return refuse({ kind: 'too-long', parameter: name });
      if (/\p{Cc}/u.test(part)) return refuse({ kind: 'control-character', parameter: name });
      // Half of a surrogate pair, which JSON can spell, is no character and has no UTF-8.
      if (!part.isWellFormed()) return refuse({ kind: 'encoding', parameter: name });
    }
    if (value !== null) form.set(name, value);
  }
  return { ok: true, form };
}

const NOT_UTF_8: ParameterError = { kind: 'encoding', parameter: null };

/** Null for bytes that aren't UTF-8. Leaves out a byte order mark. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuse(error: ParameterError): FormResult {
  return { ok: false, fault: 'parameter', error };
}

function refuseHeader(contentType: string | undefined, problem: HeaderProblem): FormResult {
  return { ok: false, fault: 'media-type', error: { header: 'Content-Type', value: contentType ?? '', problem } };
}

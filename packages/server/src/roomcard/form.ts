import type { ParameterError } from './parameter-error.ts';

/** What a request may hold at most (contract, "Lengths and characters"). Lengths of known fields: see `fields.ts`. */
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
  /** Neither of the two media types, or another character set than UTF-8. */
  | { readonly ok: false; readonly fault: 'media-type' }
  | { readonly ok: false; readonly fault: 'too-large' }
  | { readonly ok: false; readonly fault: 'parameter'; readonly error: ParameterError };

/**
 * Reads a body strictly (contract, "method, body" and "values"): signature A joins values without a separator, so what
 * a loose parser would forgive (a second value, a stray byte) is room for a request that nobody signed.
 */
export function readForm(contentType: string | undefined, body: Uint8Array): FormResult {
  const format = formatOf(contentType);
  if (format === null) return { ok: false, fault: 'media-type' };
  if (body.byteLength > FORM_LIMITS.bytes) return { ok: false, fault: 'too-large' };
  const text = decodeUtf8(body);
  if (text === null) return refuse({ kind: 'encoding', parameter: null });
  const pairs = format === 'form' ? readUrlEncoded(text) : readJson(text);
  if (!Array.isArray(pairs)) return refuse(pairs);
  return collect(pairs);
}

/** Reads the query string of an address as strictly as a body. */
export function readQuery(query: string): FormResult {
  const pairs = readUrlEncoded(query);
  return Array.isArray(pairs) ? collect(pairs) : refuse(pairs);
}

function collect(pairs: readonly Pair[]): FormResult {
  if (pairs.length > FORM_LIMITS.parameters) return refuse({ kind: 'too-many', parameter: null });
  const form = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (form.has(name)) return refuse({ kind: 'repeated', parameter: name });
    for (const part of [name, value]) {
      if (part.length > FORM_LIMITS.characters) return refuse({ kind: 'too-long', parameter: name });
      if (/\p{Cc}/u.test(part)) return refuse({ kind: 'control-character', parameter: name });
      // Half of a surrogate pair, which JSON can spell, is no character and has no UTF-8.
      if (!part.isWellFormed()) return refuse({ kind: 'encoding', parameter: name });
    }
    form.set(name, value);
  }
  return { ok: true, form };
}

type Pair = readonly [name: string, value: string];

/** https://url.spec.whatwg.org/#urlencoded-parsing, but what isn't well-formed is refused and not guessed at. */
function readUrlEncoded(text: string): Pair[] | ParameterError {
  const pairs: Pair[] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodePercent(equals === -1 ? part : part.slice(0, equals));
    const value = decodePercent(equals === -1 ? '' : part.slice(equals + 1));
    if (name === null || value === null) return { kind: 'encoding', parameter: name };
    pairs.push([name, value]);
  }
  return pairs;
}

/** Null for a `%` without two hex digits, and for bytes that aren't UTF-8. */
function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

const JSON_STRING = /"(?:[^"\\]|\\.)*"/y;
const JSON_BEFORE_NAME = /[\s,{}]*/y;
const JSON_BEFORE_VALUE = /\s*:\s*/y;

/**
 * One object of strings. JSON.parse checks the grammar but silently keeps the last of repeated names, so the pairs are
 * then taken from the text itself.
 */
function readJson(text: string): Pair[] | ParameterError {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      return { kind: 'json', parameter: null };
  } catch {
    return { kind: 'json', parameter: null };
  }
  const pairs: Pair[] = [];
  let at = 0;
  const next = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  for (;;) {
    next(JSON_BEFORE_NAME);
    const name = next(JSON_STRING);
    if (name === null) return pairs;
    next(JSON_BEFORE_VALUE);
    const value = next(JSON_STRING);
    if (value === null) return { kind: 'not-a-string', parameter: JSON.parse(name) };
    pairs.push([JSON.parse(name), JSON.parse(value)]);
  }
}

function formatOf(contentType: string | undefined): 'form' | 'json' | null {
  const [mediaType, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset)) return null;
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  return mediaType === 'application/json' ? 'json' : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuse(error: ParameterError): FormResult {
  return { ok: false, fault: 'parameter', error };
}

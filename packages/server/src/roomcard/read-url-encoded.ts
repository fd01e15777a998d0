import type { FieldPair } from './field-pair.ts';
import type { ParameterError } from './parameter-error.ts';

/** https://url.spec.whatwg.org/#urlencoded-parsing, but what isn't well-formed is refused and not guessed at. */
export function readUrlEncoded(text: string): FieldPair[] | ParameterError {
  const pairs: FieldPair[] = [];
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

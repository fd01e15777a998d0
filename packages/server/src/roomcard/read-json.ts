import type { FieldPair } from './field-pair.ts';
import type { ParameterError } from './parameter-error.ts';

const STRING = /"(?:[^"\\]|\\.)*"/y;
const NULL = /null/y;
/** A whole number in digits alone: what follows would make it another one. */
const DIGITS = /(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const BEFORE_NAME = /[\s,{}]*/y;
const BEFORE_VALUE = /\s*:\s*/y;

/**
 * Reads one object of strings, whole numbers and nulls. JSON.parse checks the grammar but silently keeps the last of
 * repeated names, so the pairs are then taken from the text itself.
 *
 * A number is taken as the digits that were sent, and only where every JSON library writes the same ones: clients sign
 * them so. Null means that the field is absent.
 */
export function readJson(text: string): FieldPair[] | ParameterError {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      return { kind: 'json', parameter: null };
  } catch {
    return { kind: 'json', parameter: null };
  }
  const pairs: FieldPair[] = [];
  let at = 0;
  const next = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  for (;;) {
    next(BEFORE_NAME);
    const spelt = next(STRING);
    if (spelt === null) return pairs;
    const name: string = JSON.parse(spelt);
    next(BEFORE_VALUE);
    const string = next(STRING);
    const digits = string === null ? next(DIGITS) : null;
    if (string !== null) pairs.push([name, JSON.parse(string)]);
    else if (digits !== null && Number(digits) <= Number.MAX_SAFE_INTEGER) pairs.push([name, digits]);
    else if (digits === null && next(NULL) !== null) pairs.push([name, null]);
    else return { kind: 'not-a-string', parameter: name };
  }
}

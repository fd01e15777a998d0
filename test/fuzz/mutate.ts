import fc from 'fast-check';
import type { Chance } from '../faults/chance.ts';

/** Pieces of text that have broken parsers before. */
const NASTY: readonly string[] = [
  '',
  '\0',
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\t',
  ' ',
  '%',
  '%00',
  '%zz',
  '%c0%ae',
  '%ed%a0%80',
  '%F4%90%80%80',
  '&',
  '=',
  '&&',
  '==',
  ';',
  '+',
  '"',
  "'",
  '\\',
  '\\u0000',
  '\\ud800',
  '\ud800',
  '\u202e',
  '\ufeff',
  '\u0130',
  'ß',
  '🗝️',
  '{',
  '}',
  '[',
  ']',
  '[]',
  '{}',
  'null',
  'true',
  'NaN',
  '-0',
  '0',
  '-1',
  '1e309',
  '9007199254740993',
  '4294967296',
  '18446744073709551616',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../etc/passwd',
  '%s%n',
  '<script>',
  "' OR 1=1 --",
];

const NASTY_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  Number.MAX_VALUE,
  -1e308,
  '',
  '\0',
  '__proto__',
  [],
  {},
  [[]],
  [null],
];

/** Values and texts that fast-check makes up: what no valid input resembles. Drawn once, since drawing is slow. */
export interface Pool {
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
  readonly bytes: readonly Uint8Array[];
}

const POOL_SIZE = 1_500;

export function drawPool(seed: number): Pool {
  const options = { seed, numRuns: POOL_SIZE };
  return {
    texts: fc.sample(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.json({ maxDepth: 3 })), options),
    values: fc.sample(fc.jsonValue({ maxDepth: 3 }), options),
    bytes: fc.sample(fc.uint8Array({ maxLength: 120 }), options),
  };
}

/** Changes text in one to four places. */
export function mutateText(chance: Chance, pool: Pool, text: string, corpus: readonly string[]): string {
  let changed = text;
  for (let i = chance.whole(1, 4); i > 0; i -= 1) changed = mutateTextOnce(chance, pool, changed, corpus);
  return changed;
}

function mutateTextOnce(chance: Chance, pool: Pool, text: string, corpus: readonly string[]): string {
  const at = chance.whole(0, text.length);
  const end = Math.min(text.length, at + chance.whole(0, 12));
  switch (chance.whole(0, 10)) {
    case 0:
      return text.slice(0, at) + chance.of(NASTY) + text.slice(at);
    case 1:
      return text.slice(0, at) + chance.of(NASTY) + text.slice(end);
    case 2:
      return text.slice(0, at) + text.slice(end);
    case 3:
      return text.slice(0, at);
    case 4:
      return text.slice(0, at) + text.slice(at, end).repeat(chance.whole(2, 5)) + text.slice(end);
    case 5:
      return text.slice(0, at) + String.fromCharCode(chance.whole(0, 0xffff)) + text.slice(at + 1);
    case 6:
      return text.slice(0, at) + String.fromCharCode(chance.whole(0, 0x7f)) + text.slice(at + 1);
    case 7: {
      const other = chance.of(corpus);
      return text.slice(0, at) + other.slice(chance.whole(0, other.length));
    }
    case 8:
      return text.slice(0, at) + chance.of(pool.texts) + text.slice(end);
    case 9:
      // Long, now and then very long.
      return text.slice(0, at) + 'A'.repeat(chance.one(0.05) ? chance.whole(1_000, 20_000) : chance.whole(10, 300));
    default:
      return chance.one(0.02) ? `${'[{"a":'.repeat(chance.whole(100, 2_500))}${text}` : text.toUpperCase();
  }
}

/** Changes bytes in one to four places. */
export function mutateBytes(chance: Chance, pool: Pool, bytes: Uint8Array): Uint8Array {
  let changed = Buffer.from(bytes);
  for (let i = chance.whole(1, 4); i > 0; i -= 1) {
    const at = chance.whole(0, changed.length);
    const end = Math.min(changed.length, at + chance.whole(1, 24));
    const [before, middle, after] = [changed.subarray(0, at), changed.subarray(at, end), changed.subarray(end)];
    switch (chance.whole(0, 7)) {
      case 0:
        changed = Buffer.concat([before, Buffer.from(chance.of(pool.bytes)), after]);
        break;
      case 1:
        changed = Buffer.concat([before, after]);
        break;
      case 2:
        changed = Buffer.concat([before, middle, middle, after]);
        break;
      case 3:
        changed = Buffer.from(before);
        break;
      case 4:
        changed = Buffer.concat([before, Buffer.from(chance.of(NASTY)), middle, after]);
        break;
      default:
        changed = Buffer.from(changed);
        if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << chance.whole(0, 7));
    }
  }
  return changed;
}

/** Changes a JSON value in one to three places: other types, other keys, missing and additional ones. */
export function mutateValue(chance: Chance, pool: Pool, value: unknown): unknown {
  const holder = { root: structuredClone(value) };
  for (let i = chance.whole(1, 3); i > 0; i -= 1) mutateValueOnce(chance, pool, holder);
  return holder.root;
}

function mutateValueOnce(chance: Chance, pool: Pool, holder: { root: unknown }): void {
  let parent: Record<string, unknown> | unknown[] = holder as unknown as Record<string, unknown>;
  let key: string | number = 'root';
  for (;;) {
    const here: unknown = (parent as Record<string | number, unknown>)[key];
    if (typeof here !== 'object' || here === null || chance.one(0.25)) break;
    const keys = Object.keys(here);
    if (keys.length === 0) break;
    parent = here as Record<string, unknown>;
    key = chance.of(keys);
  }
  const at = key;
  const put = (value: unknown) => own(parent, at, value);
  const here: unknown = (parent as Record<string | number, unknown>)[at];
  switch (chance.whole(0, 6)) {
    case 0:
      put(structuredClone(chance.of(NASTY_VALUES)));
      break;
    case 1:
      put(structuredClone(chance.of(pool.values)));
      break;
    case 2:
      if (parent !== (holder as unknown)) delete (parent as Record<string | number, unknown>)[at];
      break;
    case 3:
      if (Array.isArray(here)) here.push(...Array<unknown>(chance.whole(1, 40)).fill(here[0] ?? null));
      else if (typeof here === 'object' && here !== null)
        own(here, chance.of(NASTY), structuredClone(chance.of(pool.values)));
      break;
    case 4:
      put(typeof here === 'string' ? mutateTextOnce(chance, pool, here, [here]) : (JSON.stringify(here) ?? ''));
      break;
    case 5:
      put(typeof here === 'number' ? here + chance.of([1, -1, 0.5, 2 ** 31, 2 ** 53]) : [here]);
      break;
    default:
      put(chance.of(NASTY));
  }
}

/** Sets a property of the object's own, whatever its name: assigning to `__proto__` would do something else. */
function own(object: object, key: string | number, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

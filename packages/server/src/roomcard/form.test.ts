import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORM_LIMITS, readForm } from './form.ts';
import { explainParameter } from './parameter-error.ts';
import { FORM_TYPE as FORM, JSON_TYPE, MULTIPART_TYPE } from './testing/body-forms.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, type: string = FORM) => readForm(type, bytes(text));

function errorOf(text: string, type = FORM) {
  const result = read(text, type);
  return !result.ok && result.fault === 'parameter' ? result.error : result;
}

const clean = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
const pairs = fc.uniqueArray(fc.tuple(clean, clean), { selector: ([name]) => name, maxLength: FORM_LIMITS.parameters });

describe('a well-formed request', () => {
  test('reads back as it was sent, as a form', () => {
    fc.assert(
      fc.property(pairs, (sent) => {
        const result = read(new URLSearchParams(sent as [string, string][]).toString());
        expect(result).toEqual({ ok: true, form: new Map(sent) });
      }),
    );
  });

  test('reads back as it was sent, as JSON', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(undefined, 2, '\t'), (sent, space) => {
        const result = read(JSON.stringify(Object.fromEntries(sent), null, space), JSON_TYPE);
        expect(result).toEqual({ ok: true, form: new Map(Object.entries(Object.fromEntries(sent))) });
      }),
    );
  });

  test('may have raw UTF-8, plus signs, values with =, and stray &', () => {
    expect(read('&owner=Zo\u00eb+\u5f20&&rand=a=b&flag&')).toEqual({
      ok: true,
      form: new Map([
        ['owner', 'Zo\u00eb \u5f20'],
        ['rand', 'a=b'],
        ['flag', ''],
      ]),
    });
  });

  test('may spell JSON with escapes and a name like __proto__', () => {
    expect(read('{"\\u0061":"\\ud83d\\ude00\\"\\\\","__proto__":"x"}', JSON_TYPE)).toEqual({
      ok: true,
      form: new Map([
        ['a', '\u{1f600}"\\'],
        ['__proto__', 'x'],
      ]),
    });
  });
});

describe('any bytes at all', () => {
  const anyBody = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: 'binary', maxLength: 400 }).map(bytes),
    fc.string({ unit: fc.constantFrom('a', '=', '&', '%', '4', '0', 'C', '+', '\u00e9'), maxLength: 60 }).map(bytes),
    fc.string({ unit: fc.constantFrom('"', 'a', ':', ',', '{', '}', '\\', '[', '1', ' '), maxLength: 40 }).map(bytes),
    fc.json().map(bytes),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 1 })), { maxLength: 4 })
      .map((members) => bytes(`{${members.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(',')}}`)),
  );

  test('never throw, and give clean, limited, well-formed text or a reason', () => {
    fc.assert(
      fc.property(anyBody, fc.constantFrom(FORM, JSON_TYPE, MULTIPART_TYPE, undefined), (body, type) => {
        const result = readForm(type, body);
        if (result.ok) {
          expect(result.form.size).toBeLessThanOrEqual(FORM_LIMITS.parameters);
          for (const text of [...result.form].flat()) {
            expect(text).not.toMatch(/\p{Cc}/u);
            expect(text.isWellFormed()).toBe(true);
            expect(text.length).toBeLessThanOrEqual(FORM_LIMITS.characters);
          }
        } else if (result.fault === 'parameter') {
          expect(explainParameter(result.error)).toMatch(/^[\w ,;./-]+\.$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('are read as JSON.parse reads them, where they are accepted as JSON', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const result = readForm(JSON_TYPE, body);
        if (!result.ok) return;
        const parsed = Object.entries<unknown>(JSON.parse(new TextDecoder().decode(body)));
        const filled = parsed.filter(([, value]) => value !== null).map(([name, value]) => [name, String(value)]);
        expect([...result.form].sort()).toEqual(filled.sort());
      }),
      { numRuns: 1_000 },
    );
  });

  test('are refused when a parameter is there twice, however it is spelled', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), clean, (sent, pick, value) => {
        fc.pre(sent.length > 0 && sent.length < FORM_LIMITS.parameters);
        const [name] = sent[pick % sent.length] as [string, string];
        const twice = [...sent, [name, value]] as [string, string][];
        expect(errorOf(new URLSearchParams(twice).toString())).toEqual({ kind: 'repeated', parameter: name });
        const members = twice.map((pair) => pair.map((text) => JSON.stringify(text)).join(':'));
        expect(errorOf(`{${members.join(',')}}`, JSON_TYPE)).toEqual({ kind: 'repeated', parameter: name });
      }),
    );
  });

  test('are refused when they hold a control character', () => {
    const control = fc.oneof(fc.integer({ min: 0, max: 0x1f }), fc.integer({ min: 0x7f, max: 0x9f }));
    fc.assert(
      fc.property(clean, control, clean, (before, code, after) => {
        const value = before + String.fromCharCode(code) + after;
        const error = { kind: 'control-character', parameter: 'x' };
        expect(errorOf(new URLSearchParams({ x: value }).toString())).toEqual(error);
        expect(errorOf(JSON.stringify({ x: value }), JSON_TYPE)).toEqual(error);
      }),
    );
  });
});

describe('refused, by name', () => {
  test.each([
    ['half a percent-encoding', 'a=1&b=%4', { kind: 'encoding', parameter: 'b' }],
    ['a percent-encoding of no hex', 'b=%zz', { kind: 'encoding', parameter: 'b' }],
    ['percent-encoded bytes that are no UTF-8', 'b=%ff', { kind: 'encoding', parameter: 'b' }],
    ['an overlong UTF-8 form', 'b=%c0%80', { kind: 'encoding', parameter: 'b' }],
    ['a surrogate in UTF-8', 'b=%ed%a0%80', { kind: 'encoding', parameter: 'b' }],
    ['a broken name', '%f=1', { kind: 'encoding', parameter: null }],
    ['an empty value and a full one of the same name', 'a=&a=1', { kind: 'repeated', parameter: 'a' }],
    ['the same name in other percent-encoding', 'ab=1&%61b=1', { kind: 'repeated', parameter: 'ab' }],
    ['an encoded line break', 'a=1%0A', { kind: 'control-character', parameter: 'a' }],
    ['an over-long value', `a=${'x'.repeat(1025)}`, { kind: 'too-long', parameter: 'a' }],
    ['41 parameters', Array.from({ length: 41 }, (_, n) => `p${n}=`).join('&'), { kind: 'too-many', parameter: null }],
  ])('%s', (_, text, error) => expect(errorOf(text)).toEqual(error));

  test.each([
    ['a fraction', '{"a":"1","b":4.5}', { kind: 'not-a-string', parameter: 'b' }],
    ['a truth value', '{"b":true}', { kind: 'not-a-string', parameter: 'b' }],
    ['a list', '{"b":["x"],"c":"y"}', { kind: 'not-a-string', parameter: 'b' }],
    ['an object', '{"b":{"c":"d"},"e":"f"}', { kind: 'not-a-string', parameter: 'b' }],
    ['objects that only look like pairs', '{"b":{"c":"d"},"e":{}}', { kind: 'not-a-string', parameter: 'b' }],
    ['an empty object', '{"b":{},"e":"f"}', { kind: 'not-a-string', parameter: 'b' }],
    ['half a surrogate pair', '{"b":"\\ud800"}', { kind: 'encoding', parameter: 'b' }],
    ['a repeated name in other escapes', '{"ab":"1","\\u0061b":"2"}', { kind: 'repeated', parameter: 'ab' }],
    ['a list at the top', '["a"]', { kind: 'json', parameter: null }],
    ['no JSON', 'a=1', { kind: 'json', parameter: null }],
    ['nothing', '', { kind: 'json', parameter: null }],
  ])('as JSON, %s', (_, text, error) => expect(errorOf(text, JSON_TYPE)).toEqual(error));

  test('raw bytes that are no UTF-8', () => {
    const result = readForm(FORM, new Uint8Array([0x61, 0x3d, 0xff]));
    expect(result).toEqual({ ok: false, fault: 'parameter', error: { kind: 'encoding', parameter: null } });
  });

  test('more than 16 KiB', () => {
    expect(readForm(FORM, new Uint8Array(FORM_LIMITS.bytes + 1).fill(0x61))).toEqual({ ok: false, fault: 'too-large' });
  });
});

test('an error never echoes a name that could not be one', () => {
  expect(explainParameter({ kind: 'repeated', parameter: '<b>' })).toBe(
    'A parameter is there more than once; send it once.',
  );
});

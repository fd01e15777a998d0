import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptedSignaturesB, signatureA, signatureB, verifyA, verifyB } from './room-card-signature.ts';
import { SIGNATURE_A_FIELDS, type SignatureAEndpoint, stringToSignA, stringToSignB } from './room-card-strings.ts';

interface Vector {
  name: string;
  algorithm: 'md5-concat' | 'sha1-sorted-query';
  endpoint: string;
  order?: string[];
  fields: Record<string, string>;
  authToken: string;
  sig: string;
  stringToSign: string;
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../../test/conformance/signature-vectors.json', import.meta.url), 'utf8'),
);
const endpoints = Object.keys(SIGNATURE_A_FIELDS) as SignatureAEndpoint[];

const text = fc.string({ unit: 'binary', maxLength: 12 });
/** Half of a surrogate pair may stand anywhere in it. */
const brokenText = fc
  .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const anyText = fc.oneof(text, brokenText);
const endpoint = fc.constantFrom(...endpoints);
const allNames = [...new Set(endpoints.flatMap((name) => SIGNATURE_A_FIELDS[name]))];

function fieldsA(value: fc.Arbitrary<string>): fc.Arbitrary<Record<string, string>> {
  return fc.record(Object.fromEntries(allNames.map((name) => [name, value])));
}

/** What plain and form-encoded text agree on. */
const unreserved = fc.string({
  unit: fc.constantFrom(...'ABCXYZabcxyz0189-_.'),
  maxLength: 12,
});
const bodyB = (value: fc.Arbitrary<string>) => fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), value);

function otherDigit(sig: string, at: number): string {
  const digit = ((Number.parseInt(sig[at] as string, 16) + 1) % 16).toString(16);
  return sig.slice(0, at) + digit + sig.slice(at + 1);
}

describe.each(vectors)('the vector "$name"', (vector) => {
  test('has the string and the signature that the contract gives', () => {
    if (vector.algorithm === 'md5-concat') {
      const name = vector.endpoint as SignatureAEndpoint;
      expect(SIGNATURE_A_FIELDS[name]).toEqual(vector.order);
      expect(stringToSignA(name, vector.fields, vector.authToken)).toBe(vector.stringToSign);
      expect(signatureA(name, vector.fields, vector.authToken)).toBe(vector.sig);
      expect(verifyA(name, vector.fields, vector.authToken, vector.sig)).toBe(true);
      expect(verifyA(name, vector.fields, vector.authToken, vector.sig.toUpperCase())).toBe(true);
    } else {
      for (const variant of ['plain', 'form-encoded'] as const) {
        expect(stringToSignB(vector.fields, vector.authToken, variant)).toBe(vector.stringToSign);
        expect(signatureB(vector.fields, vector.authToken, variant)).toBe(vector.sig);
      }
      expect(acceptedSignaturesB(vector.fields, vector.authToken)).toEqual([vector.sig]);
      expect(verifyB(vector.fields, vector.authToken, vector.sig.toUpperCase())).toBe(true);
    }
  });
});

describe('signature A', () => {
  test('verifies what it signed, whatever the text, in either case of letters', () => {
    fc.assert(
      fc.property(endpoint, fieldsA(anyText), anyText, (name, fields, token) => {
        const sig = signatureA(name, fields, token);
        expect(sig).toMatch(/^[0-9a-f]{32}$/);
        expect(verifyA(name, fields, token, sig)).toBe(true);
        expect(verifyA(name, fields, token, sig.toUpperCase())).toBe(true);
      }),
    );
  });

  test('fails when any signed field changes', () => {
    fc.assert(
      fc.property(endpoint, fieldsA(text), text, fc.nat(), text, (name, fields, token, pick, value) => {
        const order = SIGNATURE_A_FIELDS[name];
        const field = order[pick % order.length] as string;
        fc.pre(fields[field] !== value);
        expect(verifyA(name, { ...fields, [field]: value }, token, signatureA(name, fields, token))).toBe(false);
      }),
    );
  });

  test('fails for another authToken', () => {
    fc.assert(
      fc.property(endpoint, fieldsA(text), text, text, (name, fields, token, other) => {
        fc.pre(token !== other);
        expect(verifyA(name, fields, other, signatureA(name, fields, token))).toBe(false);
      }),
    );
  });

  test('fails when any digit of the signature changes', () => {
    fc.assert(
      fc.property(endpoint, fieldsA(text), text, fc.nat({ max: 31 }), (name, fields, token, at) => {
        expect(verifyA(name, fields, token, otherDigit(signatureA(name, fields, token), at))).toBe(false);
      }),
    );
  });

  test('takes an absent field for an empty one', () => {
    fc.assert(
      fc.property(endpoint, fieldsA(text), text, fc.constantFrom(...allNames), (name, fields, token, field) => {
        const { [field]: _, ...absent } = fields;
        expect(signatureA(name, { ...fields, [field]: '' }, token)).toBe(signatureA(name, absent, token));
        expect(signatureA(name, { ...fields, [field]: undefined }, token)).toBe(signatureA(name, absent, token));
      }),
    );
  });

  test('does not cover the fields that the contract leaves unsigned', () => {
    const fields = { accountSid: 'a', communityNo: '1' };
    const sig = signatureA('cancelCard', fields, 't');
    expect(verifyA('cancelCard', { ...fields, creatorEmail: 'x@y', operateCardType: '4' }, 't', sig)).toBe(true);
  });

  test.each(['', 'abc', '0'.repeat(31), '0'.repeat(33), '0'.repeat(40), 'g'.repeat(32), `${'0'.repeat(31)}\n`])(
    'is never %j',
    (sig) => expect(verifyA('getMacList', {}, '', sig)).toBe(false),
  );
});

describe('signature B', () => {
  test('verifies what either variant signed, whatever the text, in either case of letters', () => {
    fc.assert(
      fc.property(bodyB(anyText), anyText, (fields, token) => {
        for (const variant of ['plain', 'form-encoded'] as const) {
          const sig = signatureB(fields, token, variant);
          expect(sig).toMatch(/^[0-9a-f]{40}$/);
          expect(verifyB(fields, token, sig)).toBe(true);
          expect(verifyB(fields, token, sig.toUpperCase())).toBe(true);
          expect(acceptedSignaturesB(fields, token)).toContain(sig);
        }
      }),
    );
  });

  test('joins values as they are, or form-encodes them', () => {
    const fields = { owner: 'Zoë & 1+1', rand: '' };
    expect(stringToSignB(fields, 't', 'plain')).toBe('authToken=t&owner=Zoë & 1+1&rand=');
    expect(stringToSignB(fields, 't', 'form-encoded')).toBe('authToken=t&owner=Zo%C3%AB+%26+1%2B1&rand=');
  });

  test('is the same in whatever order the fields came', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 6 }), text), { selector: ([name]) => name });
    const shuffled = pairs.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, text, ([some, others], token) => {
        expect(acceptedSignaturesB(Object.fromEntries(others), token)).toEqual(
          acceptedSignaturesB(Object.fromEntries(some), token),
        );
      }),
    );
  });

  test('fails when any field changes, within the characters that both variants write alike', () => {
    fc.assert(
      fc.property(bodyB(unreserved), unreserved, fc.nat(), unreserved, (fields, token, pick, value) => {
        const names = Object.keys(fields).filter((name) => name !== 'sig' && name !== 'authToken');
        fc.pre(names.length > 0);
        const name = names[pick % names.length] as string;
        fc.pre(fields[name] !== value);
        for (const variant of ['plain', 'form-encoded'] as const) {
          expect(verifyB({ ...fields, [name]: value }, token, signatureB(fields, token, variant))).toBe(false);
        }
      }),
    );
  });

  test('fails when a field is added, the authToken is another, or a digit of the signature changes', () => {
    fc.assert(
      fc.property(bodyB(unreserved), unreserved, fc.nat({ max: 39 }), (fields, token, at) => {
        const sig = signatureB(fields, token, 'plain');
        expect(verifyB({ ...fields, 'one more': 'x' }, token, sig)).toBe(false);
        expect(verifyB(fields, `${token}x`, sig)).toBe(false);
        expect(verifyB(fields, token, otherDigit(sig, at))).toBe(false);
      }),
    );
  });

  test('cannot tell a plus signed as it is from a space signed form-encoded, since both variants are accepted', () => {
    expect(verifyB({ owner: 'a b' }, 't', signatureB({ owner: 'a+b' }, 't', 'plain'))).toBe(true);
  });

  test('accepts that a client left empty fields out of what it signed', () => {
    const signed = { accountSid: 'a', timestamp: '1' };
    for (const variant of ['plain', 'form-encoded'] as const) {
      expect(verifyB({ ...signed, rand: '', holderFrom: undefined }, 't', signatureB(signed, 't', variant))).toBe(true);
    }
  });

  test("ignores an authToken in the body: the account's own is in the signed string, once", () => {
    const fields = { accountSid: 'a', timestamp: '1' };
    const sig = signatureB(fields, 'right', 'plain');
    expect(verifyB({ ...fields, authToken: 'right' }, 'right', sig)).toBe(true);
    expect(verifyB({ ...fields, authToken: 'wrong' }, 'right', sig)).toBe(true);
    expect(verifyB({ ...fields, authToken: 'guess' }, 'right', signatureB(fields, 'guess', 'plain'))).toBe(false);
    expect(stringToSignB({ ...fields, authToken: 'wrong' }, 'right', 'plain').match(/authToken/g)).toHaveLength(1);
  });

  test('does not cover itself', () => {
    expect(verifyB({ accountSid: 'a', sig: 'x' }, 't', signatureB({ accountSid: 'a' }, 't', 'plain'))).toBe(true);
  });

  test.each(['', 'abc', '0'.repeat(39), '0'.repeat(41), '0'.repeat(32), 'g'.repeat(40)])('is never %j', (sig) =>
    expect(verifyB({}, '', sig)).toBe(false),
  );
});

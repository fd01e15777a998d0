import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cancelCardFields } from './cancel-card-fields.ts';
import { serialOf } from './fields.ts';
import { requestKey } from './request-key.ts';

const GOOD = {
  sig: 'c1d425b5d425d0e776cf387c5118b543',
  accountSid: '98651082ab89c3f1b50f35caf794179f',
  communityNo: '1316879946',
  serialNum: '4567',
  issueMac: '7C778A6C7D9C',
  creatorAreaCode: '86',
  creatorMobile: '10000000000',
  creatorPassword: 'bbc69d27003568a7a94626ce4337bc9d',
  operateCardType: '4',
};
type Sent = Record<string, string>;

const parse = (sent: Sent) => cancelCardFields(new Map(Object.entries(sent)));
const parsed = (sent: Sent) => {
  const result = parse(sent);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const without = (...names: string[]): Sent =>
  Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.includes(name)));
const PHONE = ['creatorAreaCode', 'creatorMobile'];

describe('the fields of cancelCard', () => {
  test('are read in Keyrack\u2019s own words', () => {
    expect(parsed({ ...GOOD, creatorEmail: 'A@B.example', unknown: 'x' })).toEqual({
      sig: GOOD.sig,
      accountSid: GOOD.accountSid,
      communityNo: '1316879946',
      serialNum: '4567',
      issueMac: '7C778A6C7D9C',
      creator: { by: 'mobile', areaCode: '86', mobile: '10000000000' },
      creatorEmail: 'a@b.example',
      creatorPassword: GOOD.creatorPassword,
      cardType: 4,
    });
  });

  test.each(['7c778a6c7d9c', '7C:77:8A:6C:7D:9C', '7c-77-8a-6c-7d-9c'])('take %s for the same encoder', (issueMac) =>
    expect(parsed({ ...GOOD, issueMac }).issueMac).toBe('7C778A6C7D9C'),
  );

  test('take a MAC that is no hex', () =>
    expect(parsed({ ...GOOD, issueMac: '7C010A8C7Y9C' }).issueMac).toBe('7C010A8C7Y9C'));

  test.each(['sig', 'accountSid', 'communityNo', 'serialNum', 'creatorPassword', 'operateCardType', 'issueMac'])(
    'want %s, and take an empty one for none',
    (name) => {
      const missing = { ok: false, error: { kind: 'missing', parameter: name } };
      expect(parse(without(name))).toEqual(missing);
      expect(parse({ ...GOOD, [name]: '' })).toEqual(missing);
    },
  );

  test.each(['2', '3'])('want no issueMac for operateCardType %s, but a well-formed one', (operateCardType) => {
    expect(parsed({ ...without('issueMac'), operateCardType }).issueMac).toBe(null);
    expect(parse({ ...GOOD, issueMac: 'x', operateCardType })).toMatchObject({ error: { kind: 'malformed' } });
  });

  test('name the creator by e-mail where no mobile is sent', () => {
    expect(parsed({ ...without(...PHONE), creatorEmail: 'Front@Keyrack.example' }).creator).toEqual({
      by: 'email',
      email: 'front@keyrack.example',
    });
  });

  test('want one whole way to name the creator', () => {
    expect(parse(without(...PHONE))).toMatchObject({ error: { kind: 'no-creator' } });
    for (const [sent, absent] of [PHONE, [...PHONE].reverse()] as [string, string][]) {
      const half: Sent = { ...without(absent), creatorEmail: 'a@b.example' };
      expect(half[sent]).toBeDefined();
      expect(parse(half)).toEqual({ ok: false, error: { kind: 'half-a-phone', parameter: absent } });
    }
  });

  test.each([
    ['sig', 'c1d425b5d425d0e776cf387c5118b54'],
    ['sig', 'd56ade1486d925717dc946181f6147c815494f21'],
    ['accountSid', `${GOOD.accountSid}0`],
    ['communityNo', '1'.repeat(21)],
    ['communityNo', '13168 79946'],
    ['serialNum', '4'.repeat(33)],
    ['serialNum', '45-67'],
    ['issueMac', '7C778A6C7D9'],
    ['issueMac', '7C:778A:6C7D:9C'],
    ['issueMac', '7C:77-8A:6C-7D:9C'],
    ['creatorAreaCode', '+86'],
    ['creatorAreaCode', '00086'],
    ['creatorMobile', '100'],
    ['creatorMobile', '1'.repeat(16)],
    ['creatorMobile', '\u0661\u0662\u0663\u0664'],
    ['creatorEmail', 'a@b@c'],
    ['creatorEmail', `${'a'.repeat(250)}@b.de`],
    ['creatorPassword', 'g'.repeat(32)],
    ['operateCardType', '1'],
    ['operateCardType', '4 '],
  ])('refuse %s = %j by name', (name, value) =>
    expect(parse({ ...GOOD, [name]: value })).toMatchObject({
      ok: false,
      error: { kind: 'malformed', parameter: name },
    }),
  );

  test('let nothing but letters and digits into a signed value, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(GOOD) as (keyof typeof GOOD)[])),
        fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 })),
        (name, value) => {
          const result = parse({ ...GOOD, [name]: value });
          if (result.ok) expect(value).toMatch(name === 'issueMac' ? /^[0-9A-Za-z:-]+$/ : /^[0-9A-Za-z]+$/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test('a serial that is no hex, or not of whole bytes, is no card of anybody', () => {
  expect(serialOf('45ab')).toBe('45AB');
  expect([serialOf('456'), serialOf('45XY'), serialOf('4'.repeat(31))]).toEqual([null, null, null]);
});

describe('two requests are the same', () => {
  const key = (sent: Sent, member = 'member-1') => requestKey('cancelCard', member, parsed(sent));

  test('whatever case, separators, signature and unknown parameters they have', () => {
    const other = { ...GOOD, issueMac: '7c:77:8a:6c:7d:9c', serialNum: '4567', sig: '0'.repeat(32), unknown: 'x' };
    expect(key(other)).toBe(key(GOOD));
    expect(key({ ...GOOD, serialNum: '45ab' })).toBe(key({ ...GOOD, serialNum: '45AB' }));
  });

  test.each([
    ['communityNo', '1316879947'],
    ['serialNum', '4568'],
    ['issueMac', '7C010A8C7Y9C'],
    ['creatorAreaCode', '8'],
    ['creatorMobile', '10000000001'],
    ['creatorEmail', 'a@b.example'],
    ['operateCardType', '3'],
  ])('unless %s differs', (name, value) => expect(key({ ...GOOD, [name]: value })).not.toBe(key(GOOD)));

  test('unless another member asks', () => expect(key(GOOD, 'member-2')).not.toBe(key(GOOD)));
});

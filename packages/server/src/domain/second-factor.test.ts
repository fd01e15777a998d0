import { describe, expect, it } from 'vitest';
import {
  type Authenticator,
  asksForFactor,
  type Factors,
  hashRecoveryCode,
  openingFactors,
  type Passkey,
  useFactor,
} from './second-factor.ts';

const APP: Authenticator = {
  personId: 'ada',
  sealedSecret: 'sealed',
  state: 'confirmed',
  lastStep: 100,
  createdAt: 1,
  lastUsedAt: null,
};
const CODES = { personId: 'ada', hashes: ['one', 'two'], createdAt: 1 };
const KEY: Passkey = {
  id: 'key',
  personId: 'ada',
  credentialId: 'AAAA',
  publicKey: 'AAAA',
  counter: 7,
  transports: [],
  host: 'keys.example.com',
  name: 'Laptop',
  createdAt: 1,
  lastUsedAt: null,
};
const NONE: Factors = { authenticator: null, passkeys: [], recoveryCodes: null };

describe('a second factor is asked for', () => {
  it.each([
    ['of nobody who has none', NONE, []],
    ['of nobody whose app was never confirmed', { ...NONE, authenticator: { ...APP, state: 'begun' as const } }, []],
    ['of nobody who has recovery codes alone', { ...NONE, recoveryCodes: CODES }, []],
    ['of whoever has an app', { ...NONE, authenticator: APP }, ['authenticator']],
    ['of whoever has a passkey', { ...NONE, passkeys: [KEY] }, ['passkey']],
    [
      'or a code in its stead',
      { authenticator: APP, passkeys: [], recoveryCodes: CODES },
      ['authenticator', 'recovery-code'],
    ],
    [
      'but no code where none is left',
      { authenticator: APP, passkeys: [], recoveryCodes: { ...CODES, hashes: [] } },
      ['authenticator'],
    ],
  ])('%s', (_, factors, opening) => {
    expect(openingFactors(factors)).toEqual(opening);
    expect(asksForFactor(factors)).toBe(opening.length > 0);
  });
});

describe('a shown factor', () => {
  const mine: Factors = { authenticator: APP, passkeys: [KEY], recoveryCodes: CODES };
  const app = (step: number, sealedSecret = 'sealed') => ({ by: 'authenticator', sealedSecret, step }) as const;

  it('of an app is good for a later step alone, which is kept', () => {
    for (const step of [99, 100]) expect(useFactor(mine, app(step), 5)).toBe(null);
    expect(useFactor(mine, app(101), 5)).toEqual({ ...mine, authenticator: { ...APP, lastStep: 101, lastUsedAt: 5 } });
  });

  it('is nothing where the app is another by now, gone or not confirmed', () => {
    expect(useFactor(mine, app(101, 'another'), 5)).toBe(null);
    expect(useFactor({ ...mine, authenticator: null }, app(101), 5)).toBe(null);
    expect(useFactor({ ...mine, authenticator: { ...APP, state: 'begun' } }, app(101), 5)).toBe(null);
  });

  it.each([
    [7, 8, true],
    [7, 7, false],
    [7, 6, false],
    [7, 0, false],
    [0, 1, true],
    [0, 0, true],
  ])('that is a passkey which counted %i and counts %i is good: %s', (counter, told, isGood) => {
    const key = { ...KEY, counter };
    const after = useFactor({ ...mine, passkeys: [key] }, { by: 'passkey', id: 'key', counter: told }, 5);
    expect(after?.passkeys).toEqual(isGood ? [{ ...key, counter: told, lastUsedAt: 5 }] : undefined);
  });

  it('that is a passkey of somebody else is nothing', () => {
    expect(useFactor(mine, { by: 'passkey', id: 'another', counter: 9 }, 5)).toBe(null);
  });

  it('that is a recovery code is gone afterwards, and the others stay', () => {
    const after = useFactor(mine, { by: 'recovery-code', hash: 'one' }, 5);
    expect(after).toEqual({ ...mine, recoveryCodes: { ...CODES, hashes: ['two'] } });
    expect(after && useFactor(after, { by: 'recovery-code', hash: 'one' }, 5)).toBe(null);
  });
});

describe('a recovery code', () => {
  it('is the same however it is typed, and of one person alone', () => {
    const hash = hashRecoveryCode('ada', '0A1B-22CD-33EF-44GH');
    for (const typed of ['0a1b22cd33ef44gh', ' 0A1B 22CD 33EF 44GH ', 'OaIb-22cd-33ef-44gh', 'oalb22cd33ef44gh'])
      expect(hashRecoveryCode('ada', typed)).toBe(hash);
    expect(hashRecoveryCode('bob', '0A1B-22CD-33EF-44GH')).not.toBe(hash);
    expect(hashRecoveryCode('ada', '0A1B-22CD-33EF-44GJ')).not.toBe(hash);
  });
});

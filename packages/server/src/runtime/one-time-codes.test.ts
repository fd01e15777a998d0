import { createHmac } from 'node:crypto';
import { Secret } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { authenticatorUri, drawAuthenticatorSecret, stepOfCode } from './one-time-codes.ts';

/** The secret of the examples of RFC 6238, "12345678901234567890". */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** RFC 4226 and 6238, written out: the examples of the latter have eight digits, of which six are the last. */
function codeAt(step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', '12345678901234567890').update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('a one-time code', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
  ])('is that of RFC 6238 at %i s', (seconds, code) => {
    expect(codeAt(Math.floor(seconds / 30))).toBe(code.slice(2));
    expect(stepOfCode(SECRET, code.slice(2), seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });

  it('is taken one step before and after, and no further', () => {
    const now = 2_000_000_000_000;
    const step = Math.floor(now / 30_000);
    for (const off of [-2, -1, 0, 1, 2])
      expect(stepOfCode(SECRET, codeAt(step + off), now)).toBe(Math.abs(off) <= 1 ? step + off : null);
  });

  it.each(['', '12345', '1234567', 'abcdef'])('is not %j', (code) => {
    expect(stepOfCode(SECRET, code, 2_000_000_000_000)).toBe(null);
  });
});

describe('a new secret', () => {
  it('has 160 bits, and goes into an app by its address', () => {
    const secret = drawAuthenticatorSecret();
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
    expect(drawAuthenticatorSecret()).not.toBe(secret);
    const uri = new URL(authenticatorUri(secret, 'ada@example.com'));
    expect(uri.protocol).toBe('otpauth:');
    expect(decodeURIComponent(uri.pathname)).toContain('ada@example.com');
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      secret,
      digits: '6',
      period: '30',
      issuer: 'Keyrack',
    });
  });
});

import { readFileSync } from 'node:fs';
import {
  signatureA as signatureAOfServer,
  signatureB as signatureBOfServer,
} from '@keyrack/protocol/room-card-signature.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordDigest, SIGNATURE_A_FIELDS, type SignatureAEndpoint, signatureA, signatureB } from './sign.ts';

interface Vector {
  readonly name: string;
  readonly algorithm: 'md5-concat' | 'sha1-sorted-query';
  readonly endpoint: string;
  readonly fields: Record<string, string>;
  readonly authToken: string;
  readonly sig: string;
}
const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../../../test/conformance/signature-vectors.json', import.meta.url), 'utf8'),
);

test.each(vectors)('the vector "$name" has the signature that the contract gives', (vector) => {
  const { algorithm, endpoint, fields, authToken, sig } = vector;
  if (algorithm === 'md5-concat') expect(signatureA(endpoint as SignatureAEndpoint, fields, authToken)).toBe(sig);
  else expect([signatureB(fields, authToken), signatureB(fields, authToken, 'form-encoded')]).toContain(sig);
});

test('whatever is signed, half a character too, has the signature that the server makes', () => {
  const anyText = fc
    .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 80 })
    .map((units) => String.fromCharCode(...units));
  const endpoints = Object.keys(SIGNATURE_A_FIELDS) as SignatureAEndpoint[];
  fc.assert(
    fc.property(fc.constantFrom(...endpoints), fc.array(anyText, { minLength: 7 }), anyText, (name, values, token) => {
      const fields = Object.fromEntries(SIGNATURE_A_FIELDS[name].map((field, i) => [field, values[i]]));
      expect(signatureA(name, fields, token)).toBe(signatureAOfServer(name, fields, token));
      for (const variant of ['plain', 'form-encoded'] as const)
        expect(signatureB(fields, token, variant)).toBe(signatureBOfServer(fields, token, variant));
    }),
  );
});

test('a password travels as its md5', () => {
  expect(passwordDigest('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
});

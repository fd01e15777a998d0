import { hash, timingSafeEqual } from 'node:crypto';
import {
  type SignatureAEndpoint,
  type SignatureBVariant,
  type SignedFields,
  stringToSignA,
  stringToSignB,
} from './room-card-strings.ts';

/**
 * The two signatures of the room-card API (docs/room-card-api.md, "Signature A" and "Signature B").
 *
 * Text is hashed as UTF-8. Half of a surrogate pair, which has no UTF-8, counts as U+FFFD and never throws.
 * Neither signature has a separator that a value can't hold: two requests whose values are cut at other boundaries
 * can have the same signature. The parsers contain this by refusing loose values before they verify anything.
 */

/** Signature A (md5-concat): 32 lower-case hex digits. */
export function signatureA(endpoint: SignatureAEndpoint, fields: SignedFields, authToken: string): string {
  return digest('md5', stringToSignA(endpoint, fields, authToken)).toString('hex');
}

/** Whether `sig` is the request's signature A, in any case of letters. Takes the same time for every 32 hex digits. */
export function verifyA(endpoint: SignatureAEndpoint, fields: SignedFields, authToken: string, sig: string): boolean {
  if (!/^[0-9a-f]{32}$/i.test(sig)) return false;
  return timingSafeEqual(digest('md5', stringToSignA(endpoint, fields, authToken)), Buffer.from(sig, 'hex'));
}

/** Signature B (sha1-sorted-query): 40 lower-case hex digits. */
export function signatureB(fields: SignedFields, authToken: string, variant: SignatureBVariant): string {
  return digest('sha1', stringToSignB(fields, authToken, variant)).toString('hex');
}

/**
 * Every signature B that is right for a request, without repeats: both variants, each over the fields as sent and,
 * since empty means absent and some clients drop empty fields before they sign, over the fields that aren't empty.
 */
export function acceptedSignaturesB(fields: SignedFields, authToken: string): readonly string[] {
  return [...new Set(acceptedDigestsB(fields, authToken).map((bytes) => bytes.toString('hex')))];
}

/** Whether `sig` is one of the request's signatures B, in any case of letters. Looks at all of them every time. */
export function verifyB(fields: SignedFields, authToken: string, sig: string): boolean {
  if (!/^[0-9a-f]{40}$/i.test(sig)) return false;
  const given = Buffer.from(sig, 'hex');
  return acceptedDigestsB(fields, authToken).reduce((found, right) => timingSafeEqual(right, given) || found, false);
}

function acceptedDigestsB(fields: SignedFields, authToken: string): Buffer[] {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return [fields, filled].flatMap((body) =>
    (['plain', 'form-encoded'] as const).map((variant) => digest('sha1', stringToSignB(body, authToken, variant))),
  );
}

function digest(algorithm: 'md5' | 'sha1', text: string): Buffer {
  return hash(algorithm, text, 'buffer');
}

import {
  type SignatureAEndpoint,
  type SignatureBVariant,
  type SignedFields,
  stringToSignA,
  stringToSignB,
} from '@keyrack/protocol/room-card-strings.ts';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export { SIGNATURE_A_FIELDS } from '@keyrack/protocol/room-card-strings.ts';
export { type SignatureAEndpoint, type SignatureBVariant, type SignedFields, stringToSignA, stringToSignB };

// Browsers and others have no md5 of their own, and sha1 on secure pages alone.
const hex = (hash: (bytes: Uint8Array) => Uint8Array, text: string) => bytesToHex(hash(new TextEncoder().encode(text)));

/** Signature A (docs/room-card-api.md, "Signature A"): 32 lower-case hex digits, sent as `sig` in the body. */
export function signatureA(endpoint: SignatureAEndpoint, fields: SignedFields, authToken: string): string {
  return hex(md5, stringToSignA(endpoint, fields, authToken));
}

/** Signature B (docs/room-card-api.md, "Signature B"): 40 lower-case hex digits, sent as `sig` in the address. */
export function signatureB(fields: SignedFields, authToken: string, variant: SignatureBVariant = 'plain'): string {
  return hex(sha1, stringToSignB(fields, authToken, variant));
}

/** What a password travels as: `creatorPassword`. */
export function passwordDigest(password: string): string {
  return hex(md5, password);
}

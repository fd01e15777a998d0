import {
  type SignatureAEndpoint,
  type SignatureBVariant,
  signatureA,
  signatureB,
  stringToSignA,
  stringToSignB,
} from '@keyrack/protocol';
import type { Endpoint } from './endpoints.ts';

export interface SignedRequest {
  /** As docs/room-card-api.md names it. */
  readonly algorithm: 'md5-concat' | 'sha1-sorted-query';
  readonly stringToSign: string;
  /** Lower-case hex. */
  readonly signature: string;
}

/** Signs a request; `variant` is of signature B alone. */
export function signRequest(
  { name, signature }: Endpoint,
  fields: Readonly<Record<string, string>>,
  authToken: string,
  variant: SignatureBVariant,
): SignedRequest {
  if (signature === 'B') {
    return {
      algorithm: 'sha1-sorted-query',
      stringToSign: stringToSignB(fields, authToken, variant),
      signature: signatureB(fields, authToken, variant),
    };
  }
  const endpoint = name as SignatureAEndpoint;
  return {
    algorithm: 'md5-concat',
    stringToSign: stringToSignA(endpoint, fields, authToken),
    signature: signatureA(endpoint, fields, authToken),
  };
}

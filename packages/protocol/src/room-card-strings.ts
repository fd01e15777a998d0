/**
 * What the two signatures of the room-card API cover (docs/room-card-api.md, "Signature A" and "Signature B"). Text alone, so
 * that it runs everywhere; `room-card-signature.ts` hashes it.
 */

/** A request's fields by name. Absent and empty mean the same. */
export type SignedFields = Readonly<Record<string, string | undefined>>;

/** Which fields signature A covers, in which order. Everything else in a request is unsigned. */
export const SIGNATURE_A_FIELDS = {
  getMacList: ['accountSid', 'communityNo'],
  makeRoomCard: ['issueMac', 'endTime', 'accountSid', 'communityNo', 'buildNo', 'floorNo', 'roomNo'],
  readCard: ['accountSid', 'communityNo', 'issueMac', 'creatorAreaCode', 'creatorMobile', 'creatorPassword'],
  cancelCard: [
    'accountSid',
    'communityNo',
    'issueMac',
    'serialNum',
    'creatorAreaCode',
    'creatorMobile',
    'creatorPassword',
  ],
} as const;

export type SignatureAEndpoint = keyof typeof SIGNATURE_A_FIELDS;

/** What signature A is the md5 of: values in the endpoint's order, nothing between, then the authToken. */
export function stringToSignA(endpoint: SignatureAEndpoint, fields: SignedFields, authToken: string): string {
  return SIGNATURE_A_FIELDS[endpoint].map((name) => fields[name] ?? '').join('') + authToken;
}

/**
 * How values stand in the string that signature B covers: `plain` as they are; `form-encoded` as
 * application/x-www-form-urlencoded writes them (https://url.spec.whatwg.org/#urlencoded-serializing), as
 * libraries that build query strings do.
 */
export type SignatureBVariant = 'plain' | 'form-encoded';

/**
 * What signature B is the sha1 of: the body's fields and `authToken`, sorted by name, as `k=v&k=v`.
 *
 * An empty field stands there as `k=`; an undefined one doesn't. `sig` can't sign itself, and an `authToken` that a
 * client leaves in the body gives way to the account's own: it is in the string once, with the right value.
 */
export function stringToSignB(fields: SignedFields, authToken: string, variant: SignatureBVariant): string {
  const pairs = Object.entries(fields)
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[0] !== 'sig' && pair[0] !== 'authToken')
    .concat([['authToken', authToken]])
    // By UTF-16 code unit: the names of the fields are ASCII, where every language sorts alike.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (variant === 'form-encoded') return new URLSearchParams(pairs).toString();
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

const KEY = 'key ';

/**
 * An API key as the one who asks for an operation. It stands where another operation has its member's id, and no member's id
 * has a blank in it.
 */
export function keyRequester(keyId: string): string {
  return `${KEY}${keyId}`;
}

/** The id of the API key that asks for itself, or null for a member. */
export function keyOfRequester(memberId: string): string | null {
  return memberId.startsWith(KEY) ? memberId.slice(KEY.length) : null;
}

import { followsSignIn } from './lock-type.ts';
import type { Operation } from './operation.ts';

const KEY = 'key ';

/**
 * An API key as the one who asks for an operation. It stands where another operation has its member's id, and no member's id
 * has a blank in it.
 */
export function keyRequester(keyId: string): string {
  return `${KEY}${keyId}`;
}

/**
 * Whether a member's sign-in at the desk stands for their word. Over /v1 they have shown who they are themselves; what they ask
 * for there has its own id as what tells its repeats.
 */
export function needsSignIn({
  memberId,
  cardType,
  id,
  request,
}: Pick<Operation, 'memberId' | 'cardType' | 'id' | 'request'>): boolean {
  return followsSignIn(cardType) && keyOfRequester(memberId) === null && request !== id;
}

/** The id of the API key that asks for itself, or null for a member. */
export function keyOfRequester(memberId: string): string | null {
  return memberId.startsWith(KEY) ? memberId.slice(KEY.length) : null;
}

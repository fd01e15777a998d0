import { type ApiKey, isInForce } from './api-key.ts';
import { callerOfKey, reaches } from './caller.ts';
import type { Cause } from './causes.ts';
import { type CardType, cardTypeOf, type LockType } from './lock-type.ts';
import { type Account, type Member, worksWithCards } from './people.ts';
import type { Agent, Encoder, SignIn } from './places.ts';
import { ageOf } from './stamp-age.ts';

/** Why something isn't done, with what its text wants to know. */
export interface Refusal {
  readonly cause: Cause;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Who stands behind an operation: checked when it is accepted, and once more when it is granted. */
export type Requester = MemberRequester | KeyRequester;

/** A member, by themselves or through a developer account. */
interface MemberRequester {
  readonly kind: 'member';
  /** Null for a member's own request, undefined when the account is gone. */
  readonly account: Account | null | undefined;
  readonly mayActForProperty: boolean;
  readonly member: Member | undefined;
}

/** An API key that acts for itself. */
interface KeyRequester {
  readonly kind: 'key';
  readonly propertyId: string;
  /** Undefined when the key is gone. */
  readonly key: ApiKey | undefined;
  readonly now: number;
}

/** Account, property, member, permission, in this order: what an earlier one hides, a later one can't give away. */
export function checkRequester(requester: Requester): Refusal | null {
  if (requester.kind === 'key') return checkKey(requester);
  const { account, mayActForProperty, member } = requester;
  if (account === undefined || account?.state === 'suspended') return { cause: 'account-suspended' };
  if (account?.roomCardApi === false) return { cause: 'room-card-api-off' };
  if (!mayActForProperty) return { cause: 'property-not-allowed' };
  if (member === undefined || !member.active) return { cause: 'member-inactive' };
  if (!member.issuingPermission || !worksWithCards(member.role)) return { cause: 'permission-off' };
  return null;
}

/** The key's scope is its issuing permission. */
function checkKey({ propertyId, key, now }: KeyRequester): Refusal | null {
  if (key === undefined || !isInForce(key, now)) return { cause: 'key-ended' };
  const caller = callerOfKey(key);
  return caller.rights.has('operations.write') && reaches(caller, propertyId) ? null : { cause: 'key-ended' };
}

/** Refuses a card type that isn't the one of the room's lock (docs/room-card-api.md, "Every request"). */
export function checkCardType(cardType: CardType, lockType: LockType): Refusal | null {
  const expected = cardTypeOf(lockType);
  return cardType === expected ? null : { cause: 'card-type-mismatch', facts: { expected, lockType } };
}

/** The front desk that a request goes to, as far as it is known. */
export interface FrontDesk {
  /** The member's newest sign-in, if there is one. */
  readonly signIn: SignIn | undefined;
  /** The agent where the member is signed in, or the one that the named encoder is attached to. */
  readonly agent: Agent | undefined;
  readonly encoder: Encoder | undefined;
}

export interface SignInLimits {
  readonly now: number;
  /** A sign-in without activity for this long has ended. */
  readonly idleMs: number;
}

/**
 * Whether a sign-in still counts. Activity in the future means that the clock was set back: the sign-in counts, and its
 * limit begins anew at the next check (`endIdleSignIn`).
 */
export function isSignedIn(signIn: SignIn | undefined, { now, idleMs }: SignInLimits): signIn is SignIn {
  return signIn !== undefined && (ageOf(signIn.lastActiveAt, now) ?? 0) < idleMs;
}

/** Which encoder carries it out: the marked one where the member is signed in, or the one that is named. */
export function checkFrontDesk(bySignIn: boolean, desk: FrontDesk, limits: SignInLimits): Refusal | null {
  if (bySignIn) {
    if (!isSignedIn(desk.signIn, limits) || desk.agent === undefined) return { cause: 'not-signed-in' };
    if (desk.encoder === undefined) return { cause: 'no-marked-encoder' };
  } else if (desk.encoder === undefined) {
    return { cause: 'encoder-unknown' };
  }
  if (desk.encoder.ownership === 'disputed') return { cause: 'encoder-disputed' };
  if (desk.agent === undefined) return { cause: 'encoder-offline' };
  return desk.agent.state === 'active' ? null : { cause: 'agent-suspended' };
}

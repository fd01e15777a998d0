import type { Cause } from './causes.ts';
import { type CardType, cardTypeOf, followsSignIn, type LockType } from './lock-type.ts';
import { type Account, type Member, worksWithCards } from './people.ts';
import type { Agent, Encoder, SignIn } from './places.ts';
import { ageOf } from './stamp-age.ts';

/** Why something isn't done, with what its text wants to know. */
export interface Refusal {
  readonly cause: Cause;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Who stands behind an operation: checked when it is accepted, and once more when it is granted. */
export interface Requester {
  /** Null for a member's own request, undefined when the account is gone. */
  readonly account: Account | null | undefined;
  readonly mayActForProperty: boolean;
  readonly member: Member | undefined;
}

/** Account, property, member, permission, in this order: what an earlier one hides, a later one can't give away. */
export function checkRequester({ account, mayActForProperty, member }: Requester): Refusal | null {
  if (account === undefined || account?.state === 'suspended') return { cause: 'account-suspended' };
  if (!mayActForProperty) return { cause: 'property-not-allowed' };
  if (member === undefined || !member.active) return { cause: 'member-inactive' };
  if (!member.issuingPermission || !worksWithCards(member.role)) return { cause: 'permission-off' };
  return null;
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

/** Which encoder carries it out: the marked one of the member's agent (types 2 and 3), or the one that is named. */
export function checkFrontDesk(cardType: CardType, desk: FrontDesk, limits: SignInLimits): Refusal | null {
  if (followsSignIn(cardType)) {
    if (!isSignedIn(desk.signIn, limits) || desk.agent === undefined) return { cause: 'not-signed-in' };
    if (desk.encoder === undefined) return { cause: 'no-marked-encoder' };
  } else if (desk.encoder === undefined) {
    return { cause: 'encoder-unknown' };
  }
  if (desk.encoder.ownership === 'disputed') return { cause: 'encoder-disputed' };
  if (desk.agent === undefined) return { cause: 'encoder-offline' };
  return desk.agent.state === 'active' ? null : { cause: 'agent-suspended' };
}

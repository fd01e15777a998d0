import { SESSIONS } from './limits.ts';
import { ageOf } from './stamp-age.ts';
import { hasHash } from './token.ts';

/** Whose session it is: that of one membership, reached by its own password, or a person's with all of theirs. */
export type SessionOf =
  | { readonly kind: 'member'; readonly propertyId: string; readonly memberId: string }
  | { readonly kind: 'person'; readonly personId: string };

export type SessionState = 'open' | 'half-open';

/** A person at /v1, from their sign-in on. Whoever has its token is taken for them. */
export interface Session {
  readonly id: string;
  /** The part of its token that it is found by. */
  readonly lookup: string;
  /** SHA-256 of its token in hex. */
  readonly secretHash: string;
  /** `of` and `state` as text. */
  readonly subject: string;
  readonly of: SessionOf;
  /** Only an open one lets anybody do anything. A half-open one waits for the second factor. */
  readonly state: SessionState;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** To a minute. */
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  /** The address that it was opened from, and what the client calls itself: for people to know it by. */
  readonly from: string;
  readonly client: string | null;
}

/**
 * The same text for the same member or person alone: ids hold no blank. Half-open ones are apart, so that whoever knows the
 * password alone pushes out no open session.
 */
export function subjectOfSession(of: SessionOf, state: SessionState = 'open'): string {
  const who = of.kind === 'member' ? `member ${of.propertyId} ${of.memberId}` : `person ${of.personId}`;
  return state === 'open' ? who : `${state} ${who}`;
}

/** Whether this is the token of a session in this state, and it hasn't ended by time. */
export function isAlive(session: Session, token: string, now: number, state: SessionState = 'open'): boolean {
  return hasHash(token, session.secretHash) && session.state === state && isInTime(session, now);
}

/**
 * Of sessions of one subject, the oldest first, which one ends for a further one; undefined for none. One from the same address goes
 * first: whoever knows the password alone pushes out no half-open one of somebody elsewhere.
 */
export function sessionThatYields<S extends Pick<Session, 'from'>>(before: readonly S[], from: string): S | undefined {
  return before.length < SESSIONS.ofEach ? undefined : (before.find((each) => each.from === from) ?? before[0]);
}

/** Use in the future means that the clock was set back: then the session counts, as a sign-in at a desk does. */
export function isInTime({ lastUsedAt, expiresAt }: Session, now: number): boolean {
  return now < expiresAt && (ageOf(lastUsedAt, now) ?? 0) < SESSIONS.idleMs;
}

import { SESSIONS } from './limits.ts';
import { ageOf } from './stamp-age.ts';
import { hasHash } from './token.ts';

/** Whose session it is: that of one membership, reached by its own password, or a person's with all of theirs. */
export type SessionOf =
  | { readonly kind: 'member'; readonly propertyId: string; readonly memberId: string }
  | { readonly kind: 'person'; readonly personId: string };

/** A person at /v1, from their sign-in on. Whoever has its token is taken for them. */
export interface Session {
  readonly id: string;
  /** The part of its token that it is found by. */
  readonly lookup: string;
  /** SHA-256 of its token in hex. */
  readonly secretHash: string;
  /** `of` as text. */
  readonly subject: string;
  readonly of: SessionOf;
  /** Only an open one lets anybody do anything. */
  readonly state: 'open';
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** To a minute. */
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  /** The address that it was opened from, and what the client calls itself: for people to know it by. */
  readonly from: string;
  readonly client: string | null;
}

/** The same text for the same member or person alone: ids hold no blank. */
export function subjectOfSession(of: SessionOf): string {
  return of.kind === 'member' ? `member ${of.propertyId} ${of.memberId}` : `person ${of.personId}`;
}

/** Whether this is the session's token, and it hasn't ended by time. */
export function isAlive(session: Session, token: string, now: number): boolean {
  return hasHash(token, session.secretHash) && session.state === 'open' && isInTime(session, now);
}

/** Use in the future means that the clock was set back: then the session counts, as a sign-in at a desk does. */
export function isInTime({ lastUsedAt, expiresAt }: Session, now: number): boolean {
  return now < expiresAt && (ageOf(lastUsedAt, now) ?? 0) < SESSIONS.idleMs;
}

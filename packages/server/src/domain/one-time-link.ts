import { type SessionOf, subjectOfSession } from './session.ts';
import { hasHash } from './token.ts';

/** What a link lets its bearer do. */
export type LinkUse =
  | { readonly to: 'set-password'; readonly propertyId: string; readonly memberId: string }
  /** Take on a member's place at a property, as a person. */
  | { readonly to: 'join'; readonly propertyId: string; readonly memberId: string }
  /** Own the installation, as a person. */
  | { readonly to: 'own' }
  | { readonly to: 'set-person-password'; readonly personId: string }
  /** Sign in, where the password would be asked for. */
  | { readonly to: 'sign-in'; readonly of: SessionOf };

/** Who made a link: an API key, or whoever was signed in. They outlast the session in which they did. */
export type LinkMaker = { readonly kind: 'key'; readonly id: string } | SessionOf;

/** Lets whoever has its token do one thing, once, while whoever made it could make it still. There is one for each use: the newest. */
export interface OneTimeLink {
  /** The use as text. */
  readonly subject: string;
  readonly use: LinkUse;
  /** The part of its token that it is found by. */
  readonly lookup: string;
  /** SHA-256 of its token in hex. */
  readonly tokenHash: string;
  /** Null where nobody knows, as of links from before this was kept: then it opens nothing. */
  readonly madeBy: LinkMaker | null;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** What is drawn for a link, and told of it. */
export type LinkTerms = Pick<OneTimeLink, 'lookup' | 'tokenHash' | 'expiresAt'>;

/** The same text for the same use alone: ids hold no blank. */
export function subjectOf(use: LinkUse): string {
  switch (use.to) {
    case 'set-password':
    case 'join':
      return `${use.to} ${use.propertyId} ${use.memberId}`;
    case 'own':
      return use.to;
    case 'set-person-password':
      return `${use.to} ${use.personId}`;
    case 'sign-in':
      return `${use.to} ${subjectOfSession(use.of)}`;
  }
}

/** Whether this is the link's token, in its time. */
export function opens(link: OneTimeLink, token: string, now: number): boolean {
  return hasHash(token, link.tokenHash) && now < link.expiresAt;
}

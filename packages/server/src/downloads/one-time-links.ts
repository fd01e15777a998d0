import { createHmac, randomBytes } from 'node:crypto';
import { hashToken } from '../domain/token.ts';

/**
 * Links that give each archive once. They are kept in memory and by their hash: after a restart they are over, and the page
 * makes others.
 */
export interface OneTimeLinks {
  /** A token that is good until then. For the same seed, such as a pairing code, it is the same one, and begins nothing anew. */
  make(link: { readonly expiresAt: number; readonly now: number; readonly seed?: string }): string;
  find(token: string, now: number): FoundLink;
}

export type FoundLink =
  | { readonly state: 'good'; readonly use: (name: string, bytes: number) => LinkUse | null }
  /** Its time has passed. */
  | { readonly state: 'over' }
  | { readonly state: 'unknown' };

/** One download by a link, from its beginning on. */
export interface LinkUse {
  /** Aborted when the same link is used anew for the same archive: whoever goes on has noticed a cut before this server. */
  readonly replaced: AbortSignal;
  /** Tells what was given: `whole` where its client has taken all that it asked for. */
  given(first: number, length: number, whole: boolean): void;
}

/** Links that are remembered; the oldest is forgotten first. Each takes some 500 bytes. */
const MOST_LINKS = 10_000;
/** How long one that has ended is told from one that never was. Milliseconds. */
const REMEMBERED_MS = 60 * 60_000;
/** A cut download is gone on with, and what was on its way comes again: so much of an archive is given, in archives. */
const MOST_TIMES = 4;

interface Link {
  readonly expiresAt: number;
  readonly archives: Map<string, Progress>;
}

interface Progress {
  /** So many bytes, from the first on without a gap, were given. */
  reached: number;
  /** Bytes that were given in all. */
  sent: number;
  current: AbortController | null;
}

export function createOneTimeLinks(): OneTimeLinks {
  const links = new Map<string, Link>();
  // Of this process: nobody makes the token of a code who doesn't have this key.
  const key = randomBytes(32);
  const forget = (now: number) => {
    for (const [hash, { expiresAt }] of links) {
      if (links.size < MOST_LINKS && now < expiresAt + REMEMBERED_MS) break;
      links.delete(hash);
    }
  };

  return {
    make({ expiresAt, now, seed }) {
      const token =
        seed === undefined
          ? randomBytes(32).toString('base64url')
          : createHmac('sha256', key).update(seed).digest('base64url');
      const hash = hashToken(token);
      if (links.has(hash)) return token;
      forget(now);
      links.set(hash, { expiresAt, archives: new Map() });
      return token;
    },
    find(token, now) {
      const link = links.get(hashToken(token));
      if (link === undefined) return { state: 'unknown' };
      if (now >= link.expiresAt) return { state: 'over' };
      return { state: 'good', use: (name, bytes) => use(link, name, bytes) };
    },
  };
}

/** Null where this archive was given. */
function use({ archives }: Link, name: string, bytes: number): LinkUse | null {
  const progress = archives.get(name) ?? { reached: 0, sent: 0, current: null };
  if (progress.reached >= bytes || progress.sent >= MOST_TIMES * bytes) return null;
  archives.set(name, progress);
  progress.current?.abort();
  const current = new AbortController();
  progress.current = current;
  return {
    replaced: current.signal,
    given(first, length, whole) {
      progress.sent += length;
      // What was cut counts as given except for its last byte, which a client that goes on asks for again.
      const end = Math.max(first, first + length - (whole ? 0 : 1));
      if (first <= progress.reached) progress.reached = Math.max(progress.reached, end);
      if (progress.current === current) progress.current = null;
    },
  };
}

import { keyrack } from '../api/keyrack.ts';
import type { CreatedSession } from './created-session.ts';

/** The token of a one-time link, which comes behind the # that browsers send to nobody; null where there is none. */
export function linkIn(hash: string): string | null {
  const link = new URLSearchParams(hash.replace(/^#/, '')).get('link');
  return link === null || link === '' || link.length > 100 ? null : link;
}

const opened = new Map<string, Promise<CreatedSession>>();

/** Opens a session by a link, once: a page that is drawn twice uses it once. */
export function openByLink(link: string): Promise<CreatedSession> {
  const before = opened.get(link);
  if (before !== undefined) return before;
  // A link that was used is of no use in an address, nor in the history.
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  const opening = keyrack.call('createLinkSession', { link });
  opened.set(link, opening);
  return opening;
}

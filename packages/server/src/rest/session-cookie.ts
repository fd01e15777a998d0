import type { IncomingHttpHeaders } from 'node:http';
import type { PageWay } from '../runtime/page-way.ts';
import { ProblemError } from './problems.ts';

/** What a page of this server sends with each request. Pages from elsewhere can't: browsers would ask this server first. */
export const PAGE_HEADER = { name: 'Keyrack-Session', value: 'cookie' } as const;

/** What the cookie of a session is called. Browsers take the first name by TLS alone, and from no other host. */
export const COOKIE_NAMES = { secure: '__Host-keyrack', plain: 'keyrack' } as const;

/** The token by which a request comes, and by which way. */
export interface ShownToken {
  readonly token: string;
  readonly by: 'bearer' | 'cookie';
}

/** Where a page of this server has its session. Each answers with headers. */
export interface SessionCookie {
  keep(token: string): Readonly<Record<string, string>>;
  forget(): Readonly<Record<string, string>>;
}

type PageHeaders = Pick<IncomingHttpHeaders, 'authorization' | 'cookie' | 'origin'> & IncomingHttpHeaders;

/** Whether a page sent this that says that it is this server's own. */
export function isOfPage(headers: PageHeaders): boolean {
  return headers[PAGE_HEADER.name.toLowerCase()] === PAGE_HEADER.value;
}

/** Refuses a page that says it is this server's own, where its browser says otherwise. */
export function refuseForeignPage(headers: PageHeaders, way: PageWay): void {
  if (!isOfPage(headers)) return;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if ((origin !== undefined && !way.isOwn(origin)) || (site !== undefined && site !== 'same-origin'))
    throw new ProblemError('foreign-page');
}

/**
 * The token that a request shows. A cookie counts for a page of this server alone, and beside no `Authorization`. Two of the name
 * are none: nobody tells which one another page of the same host has put there.
 */
export function shownToken(headers: PageHeaders, way: Pick<PageWay, 'isSecure'>): ShownToken | null {
  if (headers.authorization !== undefined) {
    const token = /^Bearer ([^\s]+)$/i.exec(headers.authorization)?.[1];
    return token === undefined ? null : { token, by: 'bearer' };
  }
  if (!isOfPage(headers)) return null;
  const [token, ...more] = valuesOf(headers, way);
  return token === undefined || token === '' || more.length > 0 ? null : { token, by: 'cookie' };
}

/** Labels of a host, and parts of a path, for which cookies are looked for. What has more is no address of this server. */
const MOST_PARTS = 12;

/**
 * The token of whoever follows a link of a page to a file, where no page can add a header. Another site's page brings no
 * cookie, and one of the same site is refused.
 */
export function tokenOfDownload(headers: PageHeaders, way: Pick<PageWay, 'isSecure'>): ShownToken | null {
  const site = headers['sec-fetch-site'] ?? 'none';
  if (headers.authorization !== undefined || isOfPage(headers)) return shownToken(headers, way);
  return site === 'same-origin' || site === 'none' ? tokenOfCookie(headers, way) : null;
}

function tokenOfCookie(headers: PageHeaders, way: Pick<PageWay, 'isSecure'>): ShownToken | null {
  const [token, ...more] = valuesOf(headers, way);
  return token === undefined || token === '' || more.length > 0 ? null : { token, by: 'cookie' };
}

/**
 * The `Set-Cookie` that remove cookies of the session's name from a browser whose cookie opened nothing: all but this server's own,
 * which lies at `/` for no domain. A browser tells no domain and no path of a cookie, so each that may have brought one is named. Without
 * it, somebody whom another page of this host gave a second one could sign in only after all windows are closed. This server's own
 * stays: an answer to one address would else end the session that was opened since, while cookies of other addresses are still there.
 */
export function clearedCookies(headers: PageHeaders, way: Pick<PageWay, 'isSecure'>, url: string): readonly string[] {
  if (!isOfPage(headers) || valuesOf(headers, way).length === 0) return [];
  const parts = (url.split(/[?#]/)[0] ?? '').split('/').slice(1, MOST_PARTS);
  const within = parts.map((_part, at) => `/${parts.slice(0, at + 1).join('/')}`);
  const paths = within.flatMap((path, at) => (at + 1 < within.length ? [path, `${path}/`] : [path]));
  const domains = domainsOf(headers.host ?? '').map((domain) => `; Domain=${domain}`);
  return [
    ...domains.map((domain) => `/${domain}`),
    ...paths
      .filter((path) => /^[\w/.~%-]+$/.test(path))
      .flatMap((path) => ['', ...domains].map((domain) => path + domain)),
  ].map((where) => `${nameOf(way)}=; Max-Age=0; Path=${where}`);
}

/**
 * The host of a request and those that it lies within, which may have given it cookies. An IP address lies in none; and of a name of one
 * part browsers take a cookie for its domain for one of the host alone.
 */
function domainsOf(host: string): string[] {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const labels = name.split('.');
  if (!/^[a-z0-9.-]+$/.test(name) || /^[\d.]+$/.test(name) || labels.length > MOST_PARTS) return [];
  return labels.slice(0, -1).map((_label, at) => labels.slice(at).join('.'));
}

function valuesOf({ cookie = '' }: PageHeaders, way: Pick<PageWay, 'isSecure'>): string[] {
  const name = nameOf(way);
  return cookie.split(';').flatMap((pair) => {
    const mark = pair.indexOf('=');
    return mark !== -1 && pair.slice(0, mark).trim() === name ? [pair.slice(mark + 1).trim()] : [];
  });
}

/** The cookie of the page that sent this; null where no page of this server did. */
export function sessionCookie(headers: PageHeaders, way: Pick<PageWay, 'isSecure'>): SessionCookie | null {
  if (!isOfPage(headers)) return null;
  // It lasts until the browser is closed: desks are shared. Its session ends before that, by itself.
  const attributes = `; Path=/; HttpOnly; SameSite=Strict${way.isSecure ? '; Secure' : ''}`;
  return {
    keep: (token) => ({ 'set-cookie': `${nameOf(way)}=${token}${attributes}` }),
    forget: () => ({ 'set-cookie': `${nameOf(way)}=; Max-Age=0${attributes}` }),
  };
}

function nameOf({ isSecure }: Pick<PageWay, 'isSecure'>): string {
  return isSecure ? COOKIE_NAMES.secure : COOKIE_NAMES.plain;
}

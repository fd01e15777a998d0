import { AddressError, checkServerAddress } from './server-address.ts';

/** What is known of the way out, from the environment or the command line. */
export interface ProxySettings {
  /** `http://[USER:PASSWORD@]HOST:PORT`, or https; undefined or empty: there is none. */
  readonly proxy?: string | undefined;
  /** Hosts that are reached without it, as in NO_PROXY: `hotel.example` with all below it, `HOST:PORT`, or `*`. */
  readonly noProxy?: string | undefined;
}

/**
 * The proxy to reach that server through, or null for none. Plain text stays on this computer, and needs none.
 * @throws AddressError for a proxy that can't be used
 */
export function proxyFor(server: string, { proxy = '', noProxy = '' }: ProxySettings): URL | null {
  const target = checkServerAddress(server);
  if (proxy === '' || target.protocol === 'ws:' || isExempt(target, noProxy)) return null;
  const url = URL.parse(proxy);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '') return url;
  // The text isn't repeated: it may hold a password.
  throw new AddressError("The proxy can't be used; name it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT.");
}

/** As curl reads NO_PROXY; ranges of addresses aren't known. */
function isExempt({ hostname, port }: URL, noProxy: string): boolean {
  const entries = noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return entries.some((entry) => {
    if (entry === '*') return true;
    const [, host = '', only = ''] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (only !== '' && only !== (port || '443')) return false;
    return hostname === host || hostname.endsWith(`.${host}`);
  });
}

import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

/** How a request came, as far as a page of this server is concerned. */
export interface PageWay {
  /** Whether browsers speak TLS on it. */
  readonly isSecure: boolean;
  /** Whether pages of this origin are this server's own. */
  isOwn(origin: string): boolean;
}

export type WayOf = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => PageWay;

/**
 * Whether a page came by TLS is told by the X-Forwarded-Proto of a trusted proxy, else by KEYRACK_PUBLIC_URL. An origin is this
 * server's own where it is that address, or the host that the request names. By TLS, a page without it is a stranger's.
 */
export function createWayOf(publicUrl: string | null, trusted: readonly string[]): WayOf {
  const isTrusted = proxyAddr.compile([...trusted]);
  const isProxy = ({ remoteAddress }: IncomingMessage['socket']) =>
    remoteAddress !== undefined && trusted.length > 0 && isTrusted(remoteAddress, 0);
  return ({ headers, socket }) => {
    const isSecure = (isProxy(socket) ? forwardedProto(headers) : null) ?? publicUrl?.startsWith('https:') ?? false;
    return {
      isSecure,
      isOwn(origin) {
        if (origin === publicUrl) return true;
        const url = URL.parse(origin);
        if (url === null || url.origin !== origin || (isSecure && url.protocol !== 'https:')) return false;
        return url.host === URL.parse(`${url.protocol}//${headers.host ?? ''}`)?.host;
      },
    };
  };
}

/** Whether the proxy says that the browser came by TLS; null where it says nothing. The first one of a list faces the browser. */
function forwardedProto(headers: IncomingMessage['headers']): boolean | null {
  const [proto = ''] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return proto.trim() === '' ? null : proto.trim().toLowerCase() === 'https';
}

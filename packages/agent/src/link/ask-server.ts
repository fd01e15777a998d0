import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { LINK_LIMITS } from './link-limits.ts';
import type { Road } from './web-socket-transport.ts';

/**
 * The server's wall clock in Unix milliseconds, to the second, as its answer to a plain request says; null where it
 * says none. `server` is the address of its agent endpoint.
 * @throws the system's error when it can't be reached
 */
export function askServerTime(server: string, { ca, proxy = null }: Road): Promise<number | null> {
  const url = new URL('/healthz', server.replace(/^ws/, 'http'));
  const options = {
    timeout: LINK_LIMITS.openMs,
    ...(ca !== undefined && { ca }),
    ...(proxy !== null && { agent: new HttpsProxyAgent(proxy) }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, (response) => {
      response.resume();
      const told = Date.parse(response.headers.date ?? '');
      resolve(Number.isNaN(told) ? null : told);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end();
  });
}

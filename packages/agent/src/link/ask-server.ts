import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Clock } from '../clock.ts';
import { describeAnswer, keyrackIn } from './judge-answer.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { beginningOf, type NetworkRoute } from './web-socket-transport.ts';

/** Who answers a plain request at the address of the agents' endpoint. */
export type Answering =
  /** `time`: the server's wall clock, in Unix milliseconds. */
  | { readonly is: 'keyrack'; readonly time: number }
  /** `answer`: what it is, in short. */
  | { readonly is: 'other'; readonly answer: string }
  | { readonly is: 'nobody' };

/**
 * Asks a server who it is and what its clock says. A `Date` header isn't believed: every server has one, and a proxy
 * writes its own.
 */
export function askServer(server: string, { ca, proxy = null }: NetworkRoute, clock: Clock): Promise<Answering> {
  const url = new URL(server.replace(/^ws/, 'http'));
  const options = {
    ...(ca !== undefined && { ca }),
    ...(proxy !== null && { agent: new HttpsProxyAgent(proxy) }),
  };
  return new Promise((resolve) => {
    const end = (answering: Answering) => {
      clock.clearTimeout(timer);
      request.destroy();
      resolve(answering);
    };
    const timer = clock.setTimeout(() => end({ is: 'nobody' }), LINK_LIMITS.openMs);
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, (response) => {
      void beginningOf(response).then((body) => {
        const { statusCode = 0, headers } = response;
        const answer = { status: statusCode, headers, body };
        const keyrack = keyrackIn(answer);
        end(keyrack === null ? { is: 'other', answer: describeAnswer(answer) } : { is: 'keyrack', time: keyrack.time });
      });
    });
    // Nobody asked for it; without a listener the wait would be in vain.
    request.on('upgrade', ({ statusCode = 0, headers }, socket) => {
      socket.destroy();
      end({ is: 'other', answer: describeAnswer({ status: statusCode, headers, body: '' }) });
    });
    request.on('error', () => end({ is: 'nobody' }));
    request.end();
  });
}

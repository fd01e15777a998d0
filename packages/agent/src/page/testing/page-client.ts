import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { TOKEN_HEADER } from '../page-guard.ts';

export interface PageAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface PageRequest {
  readonly method?: string;
  readonly path?: string;
  /** Undefined leaves one of the browser's out. */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Speaks to the page as a browser does that has it open, or as somebody who would like to be taken for one. */
export interface PageClient {
  readonly token: string;
  get(path: string, headers?: OutgoingHttpHeaders): Promise<PageAnswer>;
  /** An action, as the page's own script sends it, with some things changed. */
  act(path: string, sent: unknown, changes?: PageRequest): Promise<PageAnswer>;
  /** The page's stream, as it begins. */
  live(): Promise<IncomingMessage>;
}

export async function openPage(url: string): Promise<PageClient> {
  const { body } = await ask(url, {});
  const token = /name="keyrack-page" content="([\w-]+)"/.exec(body)?.[1] ?? '';
  const own = { 'sec-fetch-site': 'same-origin', [TOKEN_HEADER]: token };
  return {
    token,
    get: (path, headers = {}) => ask(url, { path, headers }),
    act: (path, sent, { headers, ...changes } = {}) =>
      ask(url, {
        method: 'POST',
        path,
        body: JSON.stringify(sent),
        ...changes,
        headers: { ...own, origin: url, 'content-type': 'application/json', ...headers },
      }),
    live: () => open(url, { path: '/live', headers: own }),
  };
}

async function ask(url: string, wanted: PageRequest): Promise<PageAnswer> {
  const response = await open(url, wanted);
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

async function open(url: string, { method = 'GET', path = '/', headers = {}, body }: PageRequest) {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const sending = request(`${url}${path}`, { method, agent: false, headers: given });
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  return response;
}

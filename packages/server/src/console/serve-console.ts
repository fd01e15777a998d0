import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../runtime/clock.ts';
import { type BuiltConsole, copyFor, openBuiltConsole } from './built-files.ts';
import { CONSOLE_FILE_HEADERS, consolePageHeaders } from './console-headers.ts';
import { chooseLanguage } from './language.ts';
import { type ConsoleState, NOT_BUILT_HEADERS, notBuiltPage } from './not-built-page.ts';
import { CONSOLE_PLACES, wantsPage } from './places.ts';

/** The console that a server hands out. */
export interface ConsoleFiles {
  /** Where its built files lie, or will. */
  readonly folder: string;
  /** What to say while they don't. */
  readonly state: () => ConsoleState;
}

export interface ConsoleParts {
  readonly files: ConsoleFiles;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Counted by a name and never by a path. No line of log is written: a page that is opened fails nothing. */
  readonly requestAnswered: (sample: {
    readonly endpoint: 'console' | 'console-file';
    readonly status: number;
    readonly seconds: number;
  }) => void;
}

const NONCE = '__CSP_NONCE__';
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * Serves the console: its page at `/` and at its own places, to browsers that ask for a page, and its files. Whatever else is asked for
 * at these addresses is answered as it would be without the console.
 */
export function addConsole(app: FastifyInstance, { files, clock, requestAnswered }: ConsoleParts): void {
  const builtNow = openBuiltConsole(files.folder);
  const counted =
    (
      endpoint: 'console' | 'console-file',
      answer: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const began = clock.monotonic();
      if (!(await answer(request, reply))) return reply.callNotFound();
      requestAnswered({ endpoint, status: reply.statusCode, seconds: (clock.monotonic() - began) / 1000 });
      return reply;
    };
  const method = ['GET', 'HEAD'];

  const page = counted('console', async (request, reply) => {
    if (!wantsPage(request.headers.accept) || new URLSearchParams(queryOf(request)).has('c')) return false;
    const built = await builtNow();
    if (built === null) {
      const language = chooseLanguage(request.headers['accept-language']);
      reply.code(503).headers(NOT_BUILT_HEADERS).send(notBuiltPage(language, files.state()));
      return true;
    }
    const nonce = randomBytes(16).toString('base64');
    reply.headers(consolePageHeaders(nonce)).send(built.page.replaceAll(NONCE, nonce));
    return true;
  });
  for (const url of ['/', ...CONSOLE_PLACES.flatMap((place) => [place, `${place}/*`])])
    app.route({ method, url, handler: page });

  const file = counted('console-file', async (request, reply) => {
    const built = await builtNow();
    return built !== null && sendFile(built, request, reply);
  });
  for (const url of ['/assets/*', '/favicon.ico', '/manifest.webmanifest']) app.route({ method, url, handler: file });
}

function sendFile({ files }: BuiltConsole, request: FastifyRequest, reply: FastifyReply): boolean {
  const file = files.get(request.url.split('?')[0] as string);
  if (file === undefined) return false;
  const { coding, body, etag } = copyFor(file, request.headers['accept-encoding']);
  reply
    .headers(CONSOLE_FILE_HEADERS)
    .header('cache-control', file.isImmutable ? IMMUTABLE : 'no-cache')
    .header('etag', etag);
  if (file.copies.size > 1) reply.header('vary', 'accept-encoding');
  if (coding !== 'identity') reply.header('content-encoding', coding);
  if (isKnown(request.headers['if-none-match'], etag)) reply.code(304).send();
  else reply.type(file.type).send(body);
  return true;
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*');
}

function queryOf({ url }: FastifyRequest): string {
  const mark = url.indexOf('?');
  return mark === -1 ? '' : url.slice(mark + 1);
}

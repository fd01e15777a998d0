import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../runtime/clock.ts';
import type { ServerLog } from '../runtime/log.ts';
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
  readonly log: Pick<ServerLog, 'error'>;
  /** Counted by a name and never by a path. No line of log is written: a page that is opened fails nothing. */
  readonly requestAnswered: (sample: {
    readonly endpoint: 'console' | 'console-file';
    readonly status: number;
    readonly seconds: number;
  }) => void;
}

const NONCE = '__CSP_NONCE__';
const METHODS = ['GET', 'HEAD'];
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** What the server does with the console. */
export interface ServedConsole {
  /**
   * Adds its page at `/` and at its own places, for browsers that ask for a page, and its files. Whatever else is asked for at these
   * addresses is answered as it would be without the console.
   */
  add(app: FastifyInstance): void;
  /** Its page, which says that nothing is at this address and leads back; false for whoever doesn't open an address to read. */
  tellNowhere(request: FastifyRequest, reply: FastifyReply): Promise<boolean>;
}

export function createConsole({ files, clock, log, requestAnswered }: ConsoleParts): ServedConsole {
  const builtNow = openBuiltConsole(files.folder, log);
  type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
  const counted =
    (endpoint: 'console' | 'console-file', answer: Answer): Answer =>
    async (request, reply) => {
      const began = clock.monotonic();
      if (!(await answer(request, reply))) return false;
      requestAnswered({ endpoint, status: reply.statusCode, seconds: (clock.monotonic() - began) / 1000 });
      return true;
    };

  const page = (status: 200 | 404) =>
    counted('console', async (request, reply) => {
      if (!wantsPage(request.headers.accept)) return false;
      const built = await builtNow();
      if (built === null) {
        const language = chooseLanguage(request.headers['accept-language']);
        reply.code(503).headers(NOT_BUILT_HEADERS).send(notBuiltPage(language, files.state()));
        return true;
      }
      const nonce = randomBytes(16).toString('base64');
      reply.code(status).headers(consolePageHeaders(nonce)).send(built.page.replaceAll(NONCE, nonce));
      return true;
    });
  const found = page(200);
  const nowhere = page(404);
  const file = counted('console-file', async (request, reply) => {
    const built = await builtNow();
    return built !== null && sendFile(built, request, reply);
  });

  return {
    add(app) {
      const serve = (url: string, answer: Answer) =>
        app.route({
          method: METHODS,
          url,
          handler: async (request, reply) => ((await answer(request, reply)) ? reply : reply.callNotFound()),
        });
      // There, `c` names a module of the published platform.
      serve('/', async (request, reply) => !namesModule(request) && found(request, reply));
      for (const url of CONSOLE_PLACES.flatMap((place) => [place, `${place}/*`])) serve(url, found);
      for (const url of ['/assets/*', '/favicon.ico', '/manifest.webmanifest']) serve(url, file);
    },
    tellNowhere: async (request, reply) =>
      METHODS.includes(request.method) && !namesModule(request) && nowhere(request, reply),
  };
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

function namesModule({ url }: FastifyRequest): boolean {
  const [path, query = ''] = url.split('?', 2);
  return path === '/' && new URLSearchParams(query).has('c');
}

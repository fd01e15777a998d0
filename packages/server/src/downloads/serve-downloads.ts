import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GUESS_COUNTS, LINK_GUESSES } from '../domain/limits.ts';
import { sourceKey } from '../runtime/client-address.ts';
import type { Clock } from '../runtime/clock.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import { createGuessCounts } from '../runtime/guess-counts.ts';
import type { ServerLog } from '../runtime/log.ts';
import { parseRange } from './byte-range.ts';
import { type Catalogue, CHECKSUMS, type OpenDownload, SIGNATURE } from './catalogue.ts';
import type { LinkUse, OneTimeLinks } from './one-time-links.ts';

/** Downloads that are under way at once, of one source and of all. Each holds a file, and a connection for as long as it takes. */
export const DOWNLOADS_AT_ONCE = { perSource: 64, overall: 256 } as const;

/** Below this lie the archives, and the texts that they are checked by. */
export const DOWNLOADS_PATH = '/downloads/';

export interface DownloadParts {
  readonly catalogue: Catalogue;
  readonly links: Pick<OneTimeLinks, 'find'>;
  readonly clock: Clock;
  readonly log: Pick<ServerLog, 'info' | 'error'>;
  /** What comes without a right credential. */
  readonly failures: FailureLog;
  readonly addressOf: (request: IncomingMessage) => string;
  /** The id of the credential that a request shows, by header or by a session's cookie; null where it opens nothing. */
  readonly credentialOf: (request: FastifyRequest) => Promise<string | null>;
  readonly requestAnswered: (sample: {
    readonly endpoint: 'download';
    readonly status: number;
    readonly seconds: number;
  }) => void;
}

/** What is said instead of a download, to whoever asked for it in a browser or a terminal. */
const REFUSALS = {
  'signed-out': [401, "Sign in to this server's console first, or use the link that comes with a pairing code."],
  over: [410, 'This link was used or has ended. Make another pairing code, which brings another link.'],
  'too-many-links': [429, 'Too many wrong links came from this address. Wait a quarter of an hour.'],
  'not-offered': [404, 'This server offers no such file. `keyrack downloads list` tells what it offers.'],
  'no-such-range': [416, 'The file has fewer bytes than that. Download it from its beginning.'],
  busy: [503, 'Too many downloads are under way. Try again in a minute.'],
} as const satisfies Record<string, readonly [number, string]>;
type Refusal = keyof typeof REFUSALS;

const HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Any link is one subject: who guesses tries many. */
const ANY_LINK = 'any link';

/** Who gets it: whoever is signed in, or has a link. */
type Bearer = { readonly by: string; readonly use: ((name: string, bytes: number) => LinkUse | null) | null };

/**
 * Adds what gives the archives. An answer never says what the address's query was: it holds the link. Whoever is refused learns
 * of no name.
 */
export function addDownloads(app: FastifyInstance, parts: DownloadParts): void {
  const { catalogue, links, clock, log, failures } = parts;
  const guesses = createGuessCounts(() => clock.monotonic(), LINK_GUESSES, GUESS_COUNTS);
  const underWay = new Map<string, number>();
  const streams = new Set<() => void>();
  let overall = 0;

  const bearerOf = async (request: FastifyRequest, link: string | null): Promise<Bearer | Refusal> => {
    if (link === null) {
      const credential = await parts.credentialOf(request);
      return credential === null ? 'signed-out' : { by: credential, use: null };
    }
    const way = { by: 'source', source: sourceKey(parts.addressOf(request.raw)) } as const;
    if (guesses.judge(ANY_LINK, way).verdict !== 'open') return 'too-many-links';
    const found = links.find(link, clock.now());
    guesses.begin(ANY_LINK, way);
    // One that was good once is nobody's guess.
    guesses.end(ANY_LINK, way, found.state === 'unknown' ? 'wrong' : 'right');
    return found.state === 'good' ? { by: 'link', use: found.use } : 'over';
  };

  /** Takes a place among those under way; null where there is none. Returns what gives it back. */
  const takePlace = (source: string): (() => void) | null => {
    const ofSource = underWay.get(source) ?? 0;
    if (overall >= DOWNLOADS_AT_ONCE.overall || ofSource >= DOWNLOADS_AT_ONCE.perSource) return null;
    overall += 1;
    underWay.set(source, ofSource + 1);
    return () => {
      overall -= 1;
      const left = (underWay.get(source) ?? 1) - 1;
      if (left === 0) underWay.delete(source);
      else underWay.set(source, left);
    };
  };

  const give = async (request: FastifyRequest, reply: FastifyReply, open: OpenDownload, { by, use }: Bearer) => {
    const { handle, download } = open;
    const { name, bytes, sha256 } = download;
    const etag = `"${sha256}"`;
    reply.headers({ ...HEADERS, etag, 'accept-ranges': 'bytes', 'content-type': typeOf(name) });
    reply.header('content-disposition', `attachment; filename="${name}"`);
    const { headers, raw, method } = request;
    if (isKnown(headers['if-none-match'], etag)) {
      await handle.close();
      return reply.code(304).send();
    }
    const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
    const range = isSame ? parseRange(headers.range, bytes) : null;
    if (range === 'none') {
      await handle.close();
      return refuse(reply.header('content-range', `bytes */${bytes}`), 'no-such-range');
    }
    const { first, last } = range ?? { first: 0, last: bytes - 1 };
    reply.code(range === null ? 200 : 206).header('content-length', last - first + 1);
    if (range !== null) reply.header('content-range', `bytes ${first}-${last}/${bytes}`);
    const free = method === 'HEAD' ? null : takePlace(sourceKey(parts.addressOf(raw)));
    if (free === null) {
      await handle.close();
      return method === 'HEAD' ? reply.send() : refuse(reply.header('retry-after', '60'), 'busy');
    }
    const linkUse = use?.(name, bytes) ?? null;
    if (use !== null && linkUse === null) {
      free();
      await handle.close();
      return refuse(reply, 'over');
    }
    const began = clock.monotonic();
    const stream = handle.createReadStream({ start: first, end: last });
    const cut = () => reply.raw.destroy();
    streams.add(cut);
    linkUse?.replaced.addEventListener('abort', cut, { once: true });
    reply.raw.once('close', () => {
      const whole = reply.raw.writableFinished;
      const given = whole ? last - first + 1 : stream.bytesRead;
      streams.delete(cut);
      free();
      linkUse?.given(first, given, whole);
      stream.destroy();
      const ms = Math.round(clock.monotonic() - began);
      log.info({ request: request.id, endpoint: 'download', name, by, first, given, whole, ms }, 'download');
    });
    return reply.send(stream);
  };

  const refuse = (reply: FastifyReply, refusal: Refusal) => {
    const [status, text] = REFUSALS[refusal];
    for (const header of ['etag', 'content-length', 'content-disposition', 'accept-ranges']) reply.removeHeader(header);
    if (refusal !== 'no-such-range') reply.removeHeader('content-range');
    return reply.code(status).headers(HEADERS).type('text/plain; charset=utf-8').send(`${text}\n`);
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { name } = request.params as { readonly name: string };
    const bearer = await bearerOf(request, linkIn(request.url));
    if (typeof bearer === 'string') {
      const [status] = REFUSALS[bearer];
      failures.note(
        parts.addressOf(request.raw),
        { request: request.id, endpoint: 'download', status },
        'download refused',
      );
      return refuse(reply, bearer);
    }
    if (name === CHECKSUMS || name === SIGNATURE) {
      const texts = await catalogue.texts();
      const text = name === CHECKSUMS ? texts?.checksums : texts?.signature;
      if (typeof text !== 'string') return refuse(reply, 'not-offered');
      return reply.headers(HEADERS).type('text/plain; charset=utf-8').send(text);
    }
    const open = await catalogue.open(name);
    return open === null ? refuse(reply, 'not-offered') : give(request, reply, open, bearer);
  };

  // Whoever is cut off by a stop goes on by a range: nobody is waited for.
  app.addHook('preClose', async () => {
    for (const cut of streams) cut();
  });
  app.route({
    method: ['GET', 'HEAD'],
    url: `${DOWNLOADS_PATH}:name`,
    async handler(request, reply) {
      const began = clock.monotonic();
      const answered = await answer(request, reply);
      const seconds = (clock.monotonic() - began) / 1000;
      parts.requestAnswered({ endpoint: 'download', status: reply.statusCode, seconds });
      return answered;
    },
  });
}

/** The link of an address; null where it names none. Two of them are none that is good. */
function linkIn(url: string): string | null {
  const mark = url.indexOf('?');
  const given = mark === -1 ? [] : new URLSearchParams(url.slice(mark + 1)).getAll('link');
  return given.length === 0 ? null : given.join(' ');
}

const typeOf = (name: string) => (name.endsWith('.zip') ? 'application/zip' : 'application/x-xz');

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((each) => [etag, '*'].includes(each.trim().replace(/^W\//, '')));
}

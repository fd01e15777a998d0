import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../domain/caller.ts';
import { StoreError } from '../store/store.ts';
import { COMPRESSED_FROM, compressed, takesGzip } from './compressed.ts';
import type { RestParts } from './parts.ts';
import { PROBLEM_TYPE, PROBLEMS, ProblemError, type ProblemFacts, type ProblemName, problemBody } from './problems.ts';
import type { StreamType } from './streams.ts';

/** What a request is known by in logs and metrics. */
export interface Asked {
  /** Id of the endpoint; `v1-other` where there is none. */
  readonly endpoint: string;
  readonly caller: Caller | null;
  /** Id of the property, once it is known. */
  readonly property: string | null;
}

/** What is counted and timed of each request. */
export interface RestTally {
  requestAnswered(sample: { readonly endpoint: string; readonly status: number; readonly seconds: number }): void;
  /** Milliseconds since the request came. */
  sinceArrival(request: FastifyRequest): number;
}

export interface RestSender {
  answer(request: FastifyRequest, reply: FastifyReply, asked: Asked, answer: SentAnswer): FastifyReply;
  problem(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked,
    name: ProblemName,
    facts?: ProblemFacts,
  ): FastifyReply;
  /** Whoever asked went away, and their question was dropped: it is noted, as nginx does, and counts as no failure. */
  gone(request: FastifyRequest, reply: FastifyReply, asked: Asked): FastifyReply;
}

/** An answer that many waited for is one object, and is put into words once. */
const words = new WeakMap<object, string>();

function wordsOf(body: object): string {
  const text = words.get(body) ?? JSON.stringify(body);
  words.set(body, text);
  return text;
}

/** Nobody gets it as an answer: it is for logs and metrics. */
const GONE = 499;

interface SentAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly stream?: AsyncIterable<string>;
  readonly streamType?: StreamType | undefined;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Answers, counts and writes the one line of log of each request. The line names fields one by one: nothing of bodies,
 * headers or queries can get into it. What failed before a credential was recognised goes to the bounded log instead.
 */
export function createRestSender({ log, failures, addressOf }: RestParts, tally: RestTally): RestSender {
  const note = (
    request: FastifyRequest,
    { endpoint, caller, property }: Asked,
    status: number,
    problem?: ProblemName,
    facts: ProblemFacts = {},
  ) => {
    const ms = tally.sinceArrival(request);
    const line = {
      request: request.id,
      endpoint,
      credential: caller?.credential,
      property: property ?? undefined,
      status,
      problem,
      cause: facts.cause,
      ms: Math.round(ms * 10) / 10,
      hungUp: request.raw.socket.destroyed || undefined,
    };
    if (caller !== null) log.info(line, 'request');
    else if (problem !== undefined) failures.note(addressOf(request.raw), line, 'request failed before authentication');
    tally.requestAnswered({ endpoint, status, seconds: ms / 1000 });
  };

  /** Its parts. A failure cuts the answer off, so that nobody takes a part for the whole; here it is told why. */
  const told = async function* (stream: AsyncIterable<string>, endpoint: string): AsyncGenerator<string> {
    try {
      yield* stream;
    } catch (error) {
      // The trouble of the database stands in the log already.
      if (!(error instanceof StoreError || error instanceof ProblemError))
        log.error({ endpoint, err: error }, 'an answer in parts broke off');
      throw error;
    }
  };

  return {
    answer(request, reply, asked, { status, body, stream, streamType, etag, headers }) {
      note(request, asked, status);
      if (etag !== undefined) reply.header('etag', etag);
      if (headers !== undefined) reply.headers(headers);
      if (stream !== undefined) {
        // Else nginx would hold events back until it has a page of them.
        reply.type(streamType as string).header('x-accel-buffering', 'no');
        return reply.code(status).send(Readable.from(told(stream, asked.endpoint)));
      }
      if (body === undefined) return reply.code(status).send();
      if (reply.getHeader('content-type') === undefined) reply.type('application/json');
      const text = typeof body === 'string' ? body : wordsOf(body as object);
      // A tag is of these very bytes.
      if (etag !== undefined || text.length < COMPRESSED_FROM) return reply.code(status).send(text);
      reply.header('vary', 'accept-encoding');
      if (!takesGzip(request.headers['accept-encoding'])) return reply.code(status).send(text);
      return reply.code(status).header('content-encoding', 'gzip').send(compressed(text));
    },
    problem(request, reply, asked, name, facts = {}) {
      const { status } = PROBLEMS[name];
      note(request, asked, status, name, facts);
      if (name === 'unauthorized') reply.header('www-authenticate', 'Bearer');
      if (facts.headers !== undefined) reply.headers(facts.headers);
      return reply
        .code(status)
        .type(PROBLEM_TYPE)
        .send(JSON.stringify(problemBody(name, facts)));
    },
    gone(request, reply, asked) {
      note(request, asked, GONE);
      return reply.code(GONE).send();
    },
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, callerFor, callerOfNobody, doerOf, reaches } from '../domain/caller.ts';
import { sourceKey } from '../runtime/client-address.ts';
import { hangUpOf } from '../runtime/hang-up.ts';
import { DiskFull, type ReadOptions, StoreError, UnwantedList } from '../store/store.ts';
import { authenticate } from './authenticate.ts';
import { authorise } from './authorise.ts';
import type { AnyAnswer, Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readIfMatch, refuseIfMatch } from './etags.ts';
import { forgetRepeatsInTime } from './forget-repeats.ts';
import { changesOf } from './idempotency.ts';
import { noteKeyVisits } from './key-visits.ts';
import { createLargeRequests, type LargePlace } from './large-requests.ts';
import { addOpenPages } from './open-pages.ts';
import type { HandlerParts, RestParts } from './parts.ts';
import { readWait } from './prefer.ts';
import { ProblemError, type ProblemFacts, type ProblemName } from './problems.ts';
import { createRequestLimit } from './rate-limit.ts';
import { type Asked, createRestSender, type RestTally } from './send.ts';
import { clearedCookies, refuseForeignPage, sessionCookie, shownToken } from './session-cookie.ts';
import { createStreams } from './streams.ts';
import { readJson, validate } from './validate.ts';

const PREFIX = '/v1';

/** Bytes of a body, unless its endpoint says otherwise. */
const BODY_BYTES = 64 * 1024;

/** What fails outside of any route of /v1, e.g. an address that can't be decoded, is told in the words of /v1 too. */
export type TellRestProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: ProblemName,
) => Promise<FastifyReply>;

export interface RestApi {
  isAt(path: string): boolean;
  add(app: FastifyInstance, tally: RestTally): TellRestProblem;
}

/** /v1, as the server adds it to its others. */
export function createRestApi(parts: RestParts, endpoints: readonly Endpoint[] = ENDPOINTS): RestApi {
  return {
    isAt: (path) => path === PREFIX || path.startsWith(`${PREFIX}/`),
    add: (app, tally) => addRestRoutes(app, parts, tally, endpoints),
  };
}

/** Routes, errors and reading of bodies of its own: the server's other routes notice nothing of it. */
function addRestRoutes(
  app: FastifyInstance,
  parts: RestParts,
  tally: RestTally,
  endpoints: readonly Endpoint[],
): TellRestProblem {
  const sender = createRestSender(parts, tally);
  const noteVisit = noteKeyVisits(parts);
  const limit = createRequestLimit(() => parts.clock.monotonic(), parts.requestLimits);
  const forgetting = forgetRepeatsInTime(parts);
  const streams = createStreams();
  const larges = createLargeRequests();
  const places = new WeakMap<FastifyRequest, LargePlace>();
  const callers = new WeakMap<FastifyRequest, Caller>();
  const askedBy = (request: FastifyRequest, endpoint?: Endpoint, property: string | null = null): Asked => ({
    endpoint: endpoint?.id ?? 'v1-other',
    caller: callers.get(request) ?? null,
    property,
  });

  /** Looked for at each check: the same request shows the same one. */
  const tokenOf = ({ headers, raw }: FastifyRequest) => shownToken(headers, parts.wayOf(raw));

  const callerOf = async (request: FastifyRequest): Promise<Caller> => {
    const caller = await authenticate(parts.read, tokenOf(request), parts.clock.now());
    if (caller === null) throw new ProblemError('unauthorized');
    return caller;
  };

  const authenticated = async (request: FastifyRequest): Promise<void> => {
    const caller = await callerOf(request);
    callers.set(request, caller);
    noteVisit(caller);
  };

  /** Lists of one person wait for each other, by whichever of their sessions they were asked for. */
  const readingFor = (lane: string, options: Pick<ReadOptions, 'unwanted'>): HandlerParts => ({
    ...parts,
    read: (name, input) => parts.read(name, input, { lane, ...options }),
  });

  const nobodyOf = (request: FastifyRequest) => callerOfNobody(sourceKey(parts.addressOf(request.raw)));

  const carryOut = async (endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) => {
    const { property: ref = null, ...others } = request.params as Record<string, string>;
    const { property, caller } =
      endpoint.open === undefined
        ? await authorise(parts.read, callers.get(request) as Caller, endpoint.right, ref)
        : { property: null, caller: nobodyOf(request) };
    const params = endpoint.params?.safeParse(others);
    if (params?.success === false) throw new ProblemError('not-found');
    if (endpoint.comparesTags !== true && endpoint.method !== 'GET') refuseIfMatch(request.headers['if-match']);
    const now = parts.clock.now();
    const hungUp = hangUpOf(reply.raw);
    const doer = doerOf(caller, parts.addressOf(request.raw));
    const waitMs = endpoint.waits === true ? readWait(request.headers.prefer) : null;
    const answer = await endpoint.handle({
      params: params?.data ?? {},
      query: validate('query', endpoint.query, request.query),
      body: validate('body', endpoint.body, request.body),
      property,
      caller,
      doer,
      knownTags: endpoint.comparesTags === true ? readIfMatch(request.headers['if-match']) : null,
      client: request.headers['user-agent'] ?? null,
      waitMs,
      now,
      cookie: sessionCookie(request.headers, parts.wayOf(request.raw)),
      ...changesOf(request, caller, {
        ...parts,
        token: tokenOf(request)?.token ?? '',
        right: endpoint.right,
        propertyId: property?.id ?? null,
        now,
        onSecretKept: forgetting.keptSecret,
      }),
      follows: {
        events: /\btext\/event-stream\b/i.test(request.headers.accept ?? ''),
        lastEventId: lastEventIdOf(request.headers),
      },
      streamed: (make) =>
        make(streams.begin({ credential: caller.credential, propertyId: property?.id ?? null }, reply.raw, hungUp)),
      callerNow: async () => {
        const whole = await authenticate(parts.read, tokenOf(request), parts.clock.now());
        const again = whole && callerFor(whole, endpoint.right, property?.id ?? null);
        const isAllowed =
          again?.rights.has(endpoint.right) === true && (property === null || reaches(again, property.id));
        return isAllowed ? again : null;
      },
      hungUp,
      // Whoever goes away may have asked for a change: what it takes is read all the same.
      parts: readingFor(doer.actor, endpoint.method === 'GET' ? { unwanted: hungUp } : {}),
    });
    // Whoever was cut off while they waited is told nothing more.
    if (waitMs !== null) await authorise(parts.read, await callerOf(request), endpoint.right, ref);
    if (parts.checksAnswers) checkAnswer(endpoint, answer);
    const streamType = answer.stream && endpoint.answers[answer.status]?.stream;
    return sender.answer(request, reply, askedBy(request, endpoint, property?.id), { ...answer, streamType });
  };

  app.register(
    (v1, _options, done) => {
      v1.removeAllContentTypeParsers();
      v1.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
        readJson(body),
      );
      v1.addHook('onRequest', async (request, reply) => {
        const { isOpen, endpoint } = request.routeOptions.config as { isOpen?: true; endpoint?: Endpoint };
        if (isOpen === true) return;
        const way = parts.wayOf(request.raw);
        refuseForeignPage(request.headers, way);
        const clear = () => {
          for (const cleared of clearedCookies(request.headers, way, request.url)) reply.header('set-cookie', cleared);
        };
        if (endpoint?.open !== undefined) clear();
        else
          await authenticated(request).catch((error: unknown) => {
            clear();
            throw error;
          });
        const { credential } = callers.get(request) ?? nobodyOf(request);
        reply.headers(limit(credential));
        if (endpoint?.bodyBytes !== undefined) places.set(request, larges.begin(credential, reply.raw));
      });
      v1.addHook('preClose', async () => streams.stop());
      v1.addHook('onClose', async () => forgetting.stop());
      v1.setNotFoundHandler((request, reply) => {
        const allowed = methodsAt(endpoints, request.url);
        if (allowed.length === 0) return sender.problem(request, reply, askedBy(request), 'not-found');
        const headers = { allow: allowed.join(', ') };
        return sender.problem(request, reply, askedBy(request), 'method-not-allowed', { headers });
      });
      v1.setErrorHandler((error, request, reply) => {
        const [name, facts] = problemOf(error);
        // Fastify reads the body of some methods before it finds that nothing takes them.
        if (request.is404 && error instanceof Error && 'code' in error && name !== 'too-large')
          return sender.problem(request, reply, askedBy(request), 'not-found');
        const { endpoint } = request.routeOptions.config as { endpoint?: Endpoint };
        if (error instanceof UnwantedList) return sender.gone(request, reply, askedBy(request, endpoint));
        // What an endpoint says itself, e.g. of a front desk that left, is no failure of the server.
        if (!(error instanceof ProblemError) && (name === 'internal' || name === 'outcome-unknown'))
          parts.log.error({ request: request.id, endpoint: endpoint?.id, err: error }, 'request ended in an exception');
        return sender.problem(request, reply, askedBy(request, endpoint), name, facts);
      });
      addOpenPages(v1, endpoints);
      for (const endpoint of endpoints) {
        v1.route({
          method: endpoint.method,
          url: routeOf(endpoint.path),
          bodyLimit: endpoint.bodyBytes ?? BODY_BYTES,
          config: { endpoint },
          handler(request, reply) {
            const work = carryOut(endpoint, request, reply);
            return places.get(request)?.until(work) ?? work;
          },
        });
      }
      done();
    },
    { prefix: PREFIX },
  );
  return async (request, reply, problem) => {
    // Whoever shows no credential learns of no address, not even that it can't be read.
    const isKnown =
      problem !== 'not-found' ||
      (await authenticated(request).then(
        () => true,
        () => false,
      ));
    return sender.problem(request, reply, askedBy(request), isKnown ? problem : 'unauthorized');
  };
}

/** The last event that the caller knows; null where it doesn't say. */
function lastEventIdOf(headers: FastifyRequest['headers']): string | null {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

/** The path as the router of fastify wants it, behind the prefix. */
function routeOf(path: string): string {
  return path.slice(PREFIX.length).replace(/\{(\w+)\}/g, ':$1');
}

/** The methods that this address takes. */
function methodsAt(endpoints: readonly Endpoint[], url: string): string[] {
  const [path = ''] = url.split('?');
  return endpoints
    .filter((endpoint) => new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map(({ method }) => method);
}

function problemOf(error: unknown): [ProblemName, ProblemFacts?] {
  if (error instanceof ProblemError) return [error.problem, error.facts];
  if (error instanceof DiskFull) return ['disk-full'];
  if (error instanceof StoreError)
    return error.outcome === 'aborted' ? ['unavailable', { headers: { 'retry-after': '5' } }] : ['outcome-unknown'];
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return ['too-large'];
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return ['unsupported-media-type'];
  if (code === 'ECONNRESET' || (typeof code === 'string' && code.startsWith('FST_') && statusCode === 400))
    return [
      'invalid-request',
      { detail: 'The request broke off, or its length is not the one that it says; send it again.' },
    ];
  return ['internal'];
}

/** That an answer is what its endpoint says, and nothing more. */
function checkAnswer({ id, answers }: Endpoint, { status, body, stream }: AnyAnswer): void {
  const answer = answers[status];
  if (answer === undefined) throw new Error(`${id} doesn't say that it answers ${status}`);
  if (stream !== undefined) {
    if (answer.stream === undefined) throw new Error(`${id} doesn't say that ${status} comes in parts`);
    return;
  }
  if (answer.body === undefined) {
    if (body !== undefined) throw new Error(`${id} says that ${status} has no body`);
    return;
  }
  answer.body.parse(body);
}

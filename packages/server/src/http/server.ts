import type { Socket } from 'node:net';
import { AGENT_PATH } from '@keyrack/protocol';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { createListener, type WebSocketWay } from '../listener/create-listener.ts';
import type { CardRequests } from '../requests/answers.ts';
import { type Asker, FailedRequest } from '../roomcard/exchange.ts';
import { FORM_LIMITS } from '../roomcard/form.ts';
import { isPublishedElsewhere } from '../roomcard/not-served.ts';
import { replyHeader, replyStatus } from '../roomcard/reply.ts';
import type { StatusName } from '../roomcard/status-codes.ts';
import type { AddressOf } from '../runtime/client-address.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { ServerLog } from '../runtime/log.ts';
import { StoreError } from '../store/store.ts';
import { addAgentAnswer } from './agent-answer.ts';
import { HTTP_LIMITS, type HttpLimits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { addProbes, addProof, isProofPath, PROBE_PATHS, type Readiness } from './probes.ts';
import { lastEnvelope } from './refused-connection.ts';
import { targetOf, withoutDoubledSlashes } from './request-target.ts';
import { addRoomCardRoutes, endpointOf, isForPrograms, ROOM_CARD_PATHS } from './room-card-routes.ts';
import { createReplySender } from './send-reply.ts';

/** Another API of this server, with addresses and words of its own. */
export interface OtherApi {
  isAt(path: string): boolean;
  /** Adds its routes; returns what tells a problem of a request that reaches none of them, in its own words. */
  add(
    app: FastifyInstance,
    tally: {
      requestAnswered: Metrics['requestAnswered'];
      /** Milliseconds since the request came. */
      sinceArrival(request: FastifyRequest): number;
    },
  ): TellOther;
}

type TellOther = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: 'not-found' | 'unavailable' | 'internal',
) => Promise<FastifyReply>;

export interface HttpServerOptions {
  readonly cardRequests: CardRequests;
  /** The one that every way in shares. */
  readonly failures: FailureLog;
  readonly log: ServerLog;
  /** Unix milliseconds, and monotonic ones. */
  readonly clock: { now(): number; monotonic(): number };
  /** A new UUIDv7: the id of a request. One that the client sends isn't trusted. */
  readonly randomId: () => string;
  readonly readiness: Readiness;
  /** What this server makes of a nonce, to prove which one it is. */
  readonly proofOf?: (nonce: string) => string;
  /** /v1. Without it, nothing of it is there. */
  readonly rest?: OtherApi;
  readonly metrics: Metrics;
  /** Whose request it is, for limits and log lines. */
  readonly addressOf: AddressOf;
  /** Who a connection comes from; see `createSourceOf`. */
  readonly sourceOf?: (socket: Socket) => string | null;
  /** Who takes over the connections of agents. Without it, nothing at their address answers. */
  readonly webSockets?: WebSocketWay;
  /**
   * Tells a person's browser that nothing is at an address; false for whoever wants no page. Without it, everybody gets an envelope.
   */
  readonly tellPerson?: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
  readonly limits?: Partial<HttpLimits>;
}

/**
 * The HTTP server, not yet listening: `listen` is fastify's. `close` lets the requests under way finish, answers later
 * ones 503, and writes what the failure log left out.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { cardRequests, log, failures, metrics, randomId } = options;
  const limits = { ...HTTP_LIMITS, ...options.limits };
  // Fastify counts the time of a request for its own logger alone.
  const arrivedAt = new WeakMap<FastifyRequest, number>();
  const sinceArrival = (request: FastifyRequest) => {
    const now = options.clock.monotonic();
    return now - (arrivedAt.get(request) ?? now);
  };
  const sendReply = createReplySender(log, failures, metrics, options.addressOf, sinceArrival);
  const tellStatus = (
    request: FastifyRequest,
    reply: FastifyReply,
    status: Exclude<StatusName, 'success'>,
    asker: Asker | null = null,
  ) => sendReply(endpointOf(request), request, reply, { asker, reply: replyStatus(status), warning: null });

  /** Of a request to the other API, its problem in its own words; null for any other. */
  const tellOther = (request: FastifyRequest, reply: FastifyReply, problem: Parameters<TellOther>[2]) =>
    options.rest?.isAt(targetOf(request.url).path) === true ? (tellRest?.(request, reply, problem) ?? null) : null;
  let tellRest: TellOther | undefined;

  /** Nothing is at this address, or nothing that takes this method. */
  const tellNowhere = async (request: FastifyRequest, reply: FastifyReply) => {
    const { path, query } = targetOf(request.url);
    if (isPublishedElsewhere(path, query)) return tellStatus(request, reply, 'not-served');
    const allowed = methodAt(path);
    if (allowed !== null) return tellStatus(request, reply.header('allow', allowed), 'method');
    if (!isForPrograms(path) && (await options.tellPerson?.(request, reply)) === true) return reply;
    return tellStatus(request, reply, 'not-found');
  };

  const stopping = new AbortController();
  const app = fastify({
    // Its own logger would write addresses with their query, where signature B travels.
    logger: false,
    bodyLimit: FORM_LIMITS.bytes,
    genReqId: randomId,
    requestIdHeader: false,
    // `addressOf` names the client; nothing here reads what else a proxy may claim.
    trustProxy: false,
    exposeHeadRoutes: false,
    rewriteUrl: ({ url }) => withoutDoubledSlashes(url ?? '/'),
    // Its answer isn't an envelope; the hook below gives one.
    return503OnClosing: false,
    serverFactory: (handler) =>
      createListener(handler, {
        limits,
        log,
        webSockets: options.webSockets ?? null,
        ...(options.sourceOf !== undefined && { sourceOf: options.sourceOf }),
        stopping: stopping.signal,
        onTooMany: metrics.connectionClosed,
        lastAnswer(fault, address, code) {
          const request = randomId();
          failures.note(address, { request, fault, code }, 'connection failed');
          return lastEnvelope(fault, request);
        },
      }),
    // The listener ends what fails on connections.
    clientErrorHandler() {},
    frameworkErrors: (_error, request, reply) => {
      reply.headers(headersOf(request));
      if (tellOther(request, reply, 'not-found') === null)
        tellNowhere(request, reply).catch((err: unknown) => {
          log.error({ request: request.id, err }, 'request ended in an exception');
          reply.raw.destroy();
        });
    },
  });
  // The room-card API reads bodies by itself, and refuses what it can't read.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.addHook('preClose', async () => stopping.abort());
  app.addHook('onClose', async () => failures.flush());
  app.addHook('onRequest', async (request, reply) => {
    arrivedAt.set(request, options.clock.monotonic());
    reply.headers(headersOf(request));
    if (stopping.signal.aborted)
      return (await tellOther(request, reply, 'unavailable')) ?? tellStatus(request, reply, 'unavailable');
    // Fastify refuses an empty one, which says no more than none.
    if (request.raw.headers['content-type'] === '') delete request.raw.headers['content-type'];
  });
  // A connection that stayed open for further requests would hold up the end.
  app.addHook('onSend', async (_request, reply) => {
    if (stopping.signal.aborted) reply.header('connection', 'close');
  });

  app.setErrorHandler((thrown, request, reply) => {
    const [error, asker] = thrown instanceof FailedRequest ? [thrown.cause, thrown.asker] : [thrown, null];
    const status = statusOfError(error);
    // Fastify reads the body of some methods before it finds that nothing takes them, e.g. of QUERY.
    if (request.is404 && (status === 'parameter' || status === 'media-type')) return tellNowhere(request, reply);
    if (status === 'internal' || status === 'open') {
      log.error({ request: request.id, endpoint: endpointOf(request), err: error }, 'request ended in an exception');
    }
    if (status !== 'media-type') return tellStatus(request, reply, status, asker);
    const value = request.headers['content-type'] ?? '';
    const sent = replyHeader({ header: 'Content-Type', value, problem: 'media-type' });
    return sendReply(endpointOf(request), request, reply, { asker: null, reply: sent, warning: null });
  });
  app.setNotFoundHandler(tellNowhere);

  tellRest = options.rest?.add(app, { requestAnswered: metrics.requestAnswered, sinceArrival });
  addRoomCardRoutes(app, cardRequests, options.clock, options.addressOf, sendReply);
  addProbes(app, options.readiness, limits.readinessMs);
  if (options.proofOf !== undefined) addProof(app, options.proofOf);
  addAgentAnswer(app, options.clock);
  return app;
}

/** What every answer has, also to an address that can't be read. */
function headersOf({ id }: FastifyRequest) {
  return { 'x-request-id': id, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
}

/** The method that this path takes, or null when nothing is there. */
function methodAt(path: string): 'POST' | 'GET' | null {
  if (ROOM_CARD_PATHS.has(path)) return 'POST';
  return path === AGENT_PATH || isProofPath(path) || PROBE_PATHS.some((probe) => probe === path) ? 'GET' : null;
}

function statusOfError(error: unknown): Exclude<StatusName, 'success'> {
  // `unknown`: it may have been accepted. The same request sent again joins it.
  if (error instanceof StoreError) return error.outcome === 'aborted' ? 'unavailable' : 'open';
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'too-large';
  // A method that fastify has no routes for at all, such as the PRI of an HTTP/2 preface.
  if (code === 'FST_ERR_NOT_FOUND') return 'not-found';
  // The client went away before its body was there.
  if (code === 'ECONNRESET') return 'slow';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'media-type';
  return typeof code === 'string' && code.startsWith('FST_') && statusCode === 400 ? 'parameter' : 'internal';
}

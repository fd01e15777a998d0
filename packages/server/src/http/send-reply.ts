import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Handled } from '../roomcard/exchange.ts';
import { envelope } from '../roomcard/reply.ts';
import { STATUS_CODES } from '../roomcard/status-codes.ts';
import type { AddressOf } from '../runtime/client-address.ts';
import type { FailureLog } from '../runtime/failure-log.ts';
import type { ServerLog } from '../runtime/log.ts';
import type { Metrics } from './metrics.ts';

/** Answers a request with an envelope, counts it, and writes its one line of log. */
export type SendReply = (
  endpoint: string,
  request: FastifyRequest,
  reply: FastifyReply,
  handled: Handled,
) => FastifyReply;

/**
 * The line names fields one by one, and nothing of the body, the headers or the address's query: passwords, signatures
 * and guests' names can't get into it. What failed before authentication goes to the bounded log instead.
 * `sinceArrival` is in milliseconds.
 */
export function createReplySender(
  log: ServerLog,
  failures: FailureLog,
  metrics: Metrics,
  addressOf: AddressOf,
  sinceArrival: (request: FastifyRequest) => number,
): SendReply {
  return (endpoint, request, reply, { asker, reply: sent, warning }) => {
    const { status, http } = STATUS_CODES[sent.status];
    const ms = sinceArrival(request);
    const line = {
      request: request.id,
      operation: sent.operation ?? undefined,
      endpoint,
      account: asker?.accountSid,
      property: asker?.communityNo,
      status,
      cause: sent.cause ?? undefined,
      ms: Math.round(ms * 10) / 10,
      hungUp: request.raw.socket.destroyed || undefined,
    };
    if (asker?.verified === true) {
      log.info(line, 'request');
    } else {
      failures.note(addressOf(request.raw), line, 'request failed before authentication');
    }
    if (asker?.verified === false) metrics.badSignature();
    metrics.requestAnswered({ endpoint, status, seconds: ms / 1000 });

    if (sent.operation !== null) reply.header('x-operation-id', sent.operation);
    if (warning !== null) reply.header('x-keyrack-warning', warning);
    return reply
      .code(http)
      .type('application/json; charset=utf-8')
      .send(envelope(sent.status, sent.message, sent.data));
  };
}

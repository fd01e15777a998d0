import { AGENT_PATH } from '@keyrack/protocol';
import type { FastifyInstance } from 'fastify';
import { STATUS_CODES } from '../roomcard/status-codes.ts';
import { tellServer } from '../runtime/tell-server.ts';

/**
 * Answers requests at the agents' address that ask for no WebSocket. Agents know the server by it (`agentEndpointAnswer`),
 * so that they can say what a proxy on the way leaves out. Nothing of it is logged or counted.
 */
export function addAgentAnswer(app: FastifyInstance, clock: { now(): number }): void {
  app.get(AGENT_PATH, async (_request, reply) => {
    const { status, http, info, message } = STATUS_CODES.upgrade;
    // RFC 9110, 15.5.22: the answer names what to upgrade to. Node's parser loses bytes behind an upgrade that is ignored.
    // So the connection must end: else its client would wait in vain for the answer to them.
    return reply
      .code(http)
      .header('upgrade', 'websocket')
      .header('connection', 'upgrade, close')
      .send({ status, info, message, ...tellServer(clock.now()) });
  });
}

import { AGENT_PATH, AGENT_PROTOCOL, type AgentEndpointAnswer } from '@keyrack/protocol';
import type { FastifyInstance } from 'fastify';

/** For the person who opens the address, or whose proxy leaves the WebSocket out. */
const MESSAGE =
  "Keyrack's agents connect here by WebSocket, and this request asks for none. A proxy in front must pass the Upgrade header on; see docs/reverse-proxy.md.";

/**
 * Answers requests at the agents' address that ask for no WebSocket. Agents know the server by it (`agentEndpointAnswer`),
 * so that they can say what a proxy on the way leaves out. Nothing of it is logged or counted.
 */
export function addAgentAnswer(app: FastifyInstance, clock: { now(): number }): void {
  app.get(AGENT_PATH, async (_request, reply) => {
    const answer: AgentEndpointAnswer = { keyrack: { protocol: AGENT_PROTOCOL, time: clock.now() } };
    // RFC 9110, 15.5.22: the answer names what to upgrade to. What was sent behind an upgrade that is ignored is lost to
    // Node's parser, so that the connection must end: its client would wait in vain.
    return reply
      .code(426)
      .header('upgrade', 'websocket')
      .header('connection', 'upgrade, close')
      .send({ status: 426, info: 'Upgrade required', message: MESSAGE, ...answer });
  });
}

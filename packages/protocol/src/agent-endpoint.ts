import { z } from 'zod';

/** Where a server takes up its agents' WebSockets. */
export const AGENT_PATH = '/agent';

/**
 * What a server answers at AGENT_PATH to a request that asks for no WebSocket, in JSON with HTTP status 426. An agent
 * knows by it that a Keyrack server is there, and that something on the way took the Upgrade header out. With status
 * 503 it has no room for a connection, and the agent tries again. Agents of every version read it: fields may be added,
 * and none changed.
 */
export const agentEndpointAnswer = z.object({
  keyrack: z.object({
    /** The server's version of the agent protocol (AGENT_PROTOCOL). */
    protocol: z.number().int(),
    /** The oldest version of it that the server speaks; servers before protocol 5 don't tell it. */
    oldestProtocol: z.number().int().optional(),
    /** The server's program, e.g. `0.2.0`; servers before protocol 5 don't tell it. */
    version: z.string().max(40).optional(),
    /** The server's clock. Unix milliseconds. */
    time: z.number().int(),
  }),
});
export type AgentEndpointAnswer = z.infer<typeof agentEndpointAnswer>;

import { type AgentEndpointAnswer, SPOKEN_PROTOCOLS } from '@keyrack/protocol';
import { VERSION } from '@keyrack/protocol/version.ts';

/** What a server tells of itself at the agents' address to whoever gets no WebSocket there. */
export function tellServer(now: number): AgentEndpointAnswer {
  const { oldest, newest } = SPOKEN_PROTOCOLS;
  return { keyrack: { protocol: newest, oldestProtocol: oldest, version: VERSION, time: now } };
}

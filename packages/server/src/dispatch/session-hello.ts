import type { AgentMessage } from '@keyrack/protocol';
import type { SessionParts } from './agent-session.ts';
import { workOf } from './agent-shares.ts';
import { provesAgent } from './prove-agent.ts';
import type { SessionConnection } from './session-connection.ts';

type Hello = Extract<AgentMessage, { type: 'hello' }>;

/**
 * Takes an agent's first message: finds the agent, checks its proof, begins a session and asks for its journal.
 * `challenge`: what the agent had to sign. `onGreeted` is called in the turn in which the state changes.
 */
export async function takeHello(
  parts: Pick<SessionParts, 'read' | 'run' | 'clock' | 'log' | 'shareOf'>,
  connection: SessionConnection,
  message: Hello,
  challenge: string,
  onGreeted: () => void,
): Promise<void> {
  const { read, run, clock, log } = parts;
  if (message.protocol !== connection.protocol) return connection.end('protocol');
  const agent = await read('findAgent', { agentId: message.agent });
  if (agent === null || !provesAgent(agent, message, challenge))
    return connection.end('not-proved', { agent: message.agent });
  const share = parts.shareOf(agent.id);
  if (share.waitMs() > 0) return connection.end('too-much', { agent: agent.id });
  share.spend(workOf(message, 0));
  const { instance, journal, acknowledged, encoders } = message;
  const result = await run('startSession', {
    propertyId: agent.propertyId,
    agentId: agent.id,
    provedBy: { tokenHash: agent.tokenHash, publicKey: agent.publicKey },
    journal,
    visit: { software: message.software, seenAt: clock.now() },
  });
  if (result.verdict === 'refused') return connection.end(result.cause, { agent: agent.id });
  if (connection.isOver()) return;
  const { position, session } = result;
  const ref = { propertyId: agent.propertyId, agentId: agent.id, session };
  const greeting = { instance, encoders, journal: { ...journal, acknowledged } };
  connection.enter({ name: 'greeted', agent, ref, share, position, greeting });
  log.step('hello', { ...connection.who(), position: position.number });
  connection.send({ type: 'cursor', session, position });
  onGreeted();
}

import type { AgentMessage } from '@keyrack/protocol';
import { standingOf } from '../domain/agent-version.ts';
import type { SessionParts } from './agent-session.ts';
import { workOf } from './agent-work-shares.ts';
import { provesAgent } from './prove-agent.ts';
import type { SessionConnection } from './session-connection.ts';

type Hello = Extract<AgentMessage, { type: 'hello' }>;

/**
 * Takes an agent's first message: finds the agent, checks its proof, begins a session and asks for its journal.
 * `challenge`: what the agent had to sign. `onGreeted` is called in the turn in which the state changes.
 */
export async function takeHello(
  parts: Pick<SessionParts, 'read' | 'run' | 'clock' | 'log' | 'shares'>,
  connection: SessionConnection,
  message: Hello,
  challenge: string,
  onGreeted: () => void,
): Promise<void> {
  const { read, run, clock, log, shares } = parts;
  const agent = await read('findAgent', { agentId: message.agent });
  if (agent === null || !provesAgent(agent, message, challenge))
    return connection.end('not-proved', { agent: message.agent });
  const { id, propertyId } = agent;
  if (shares.waitMs(id) > 0) return connection.end('too-much', { agent: id });
  shares.spend(id, workOf(message, 0));
  const { instance, journal, acknowledged, encoders, software } = message;
  const { speaks } = connection;
  const standing = standingOf(speaks);
  const visit = { software, protocol: speaks.newest, standing, seenAt: clock.now() };
  const provedBy = { tokenHash: agent.tokenHash, publicKey: agent.publicKey };
  if (standing === 'too-old' || standing === 'too-new') {
    await run('refuseVersion', { provedBy, visit: { propertyId, agentId: id, ...visit } });
    return connection.end(`agent-${standing}`, { agent: id, software });
  }
  if (message.protocol !== connection.protocol) return connection.end('protocol', { agent: id });
  const result = await run('startSession', {
    propertyId,
    agentId: id,
    provedBy,
    journal,
    visit,
  });
  if (result.verdict === 'refused') return connection.end(result.cause, { agent: id });
  if (connection.isOver()) return;
  const { position, session } = result;
  const ref = { propertyId, agentId: id, session };
  const greeting = { instance, encoders, journal: { ...journal, acknowledged } };
  connection.enter({ name: 'greeted', agent: { id, propertyId }, ref, position, greeting });
  log.step('hello', { ...connection.who(), position: position.number, software, protocol: connection.protocol });
  connection.send({ type: 'cursor', session, position });
  onGreeted();
}

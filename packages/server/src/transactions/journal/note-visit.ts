import type { Agent, AgentVisit } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';

/**
 * Keeps who came, and which program it was. Where that is too old or too new for the server, or the next release refuses
 * it, people are told: once, until it stands otherwise.
 */
export function noteVisit(tx: Tx, visit: AgentVisit): void {
  const { propertyId, agentId, software, standing, seenAt: at } = visit;
  const before = tx.get('agentVisits', propertyId, agentId)?.standing ?? 'accepted';
  tx.put('agentVisits', visit);
  if (standing === 'accepted' || standing === before) return;
  const details = { agent: agentId, software, standing };
  audit(tx, { propertyId, at, action: 'agent-outdated', actor: 'server', details });
}

/** The agent proved who it is, and can't be talked with: it and the server have no version of the protocol in common. */
export function refuseVersion(
  tx: Tx,
  { provedBy, visit }: { readonly provedBy: Pick<Agent, 'tokenHash' | 'publicKey'>; readonly visit: AgentVisit },
): void {
  const agent = tx.get('agents', visit.propertyId, visit.agentId);
  if (agent?.tokenHash !== provedBy.tokenHash || agent.publicKey !== provedBy.publicKey) return;
  if (agent.state === 'active') noteVisit(tx, visit);
}

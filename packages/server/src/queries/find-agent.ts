import type { AgentId } from '@keyrack/protocol';
import type { Agent } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';

/** The agent with this id, of whatever property: one that connects names none. */
export function findAgent(tx: ReadTx, { agentId }: { readonly agentId: AgentId }): Agent | null {
  return tx.find('agents', 'byId', [agentId], { limit: 1 })[0] ?? null;
}

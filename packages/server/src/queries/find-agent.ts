import type { AgentId } from '@keyrack/protocol';
import type { Agent } from '../domain/places.ts';
import type { Hint } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';

/** The agent with this id, of whatever property: one that connects names none. */
export function findAgent(tx: ReadTx, { agentId }: { readonly agentId: AgentId }): Agent | null {
  return tx.find('agents', 'byId', [agentId], { limit: 1 })[0] ?? null;
}

findAgent.hints = (hint: Hint, { agentId }: { readonly agentId: AgentId }) => {
  hint.find('agents', 'byId', [agentId], { limit: 1 });
};

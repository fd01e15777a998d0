import type { AgentId } from '@keyrack/protocol';
import { ATTENTIONS } from '../../domain/agent-attention.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';

export interface NoteFailedUpdate {
  readonly propertyId: string;
  readonly agentId: AgentId;
  /** What it tried, and why that came to nothing. */
  readonly tried: { readonly version: string; readonly cause: string; readonly why: string };
  readonly now: number;
}

/**
 * Tells people that an agent tried an update in vain: once, until it comes with another program. It says so at each start, and nothing
 * that matters more may go for it.
 */
export function noteFailedUpdate(tx: Tx, { propertyId, agentId, tried, now }: NoteFailedUpdate): void {
  const agent = tx.get('agents', propertyId, agentId);
  if (agent === undefined || agent.attention !== null) return;
  tx.put('agents', { ...agent, attention: ATTENTIONS['update-failed'] });
  const details = { agent: agentId, ...tried };
  audit(tx, { propertyId, at: now, action: 'agent-update-failed', actor: `agent ${agentId}`, details });
}

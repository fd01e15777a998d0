import type { AgentId } from '@keyrack/protocol';
import { currentEpoch } from '../../queries/current-epoch.ts';
import type { Hint } from '../../store/hints.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { walk } from '../../store/walk-pages.ts';
import { audit } from '../audit/append-audit.ts';
import { passOverLockNumbers } from '../property/change-room.ts';
import { forgetExpected } from './evidence-quota.ts';

/**
 * Begins a new epoch: the database is older than what happened since its backup. Every accepted or granted operation waits
 * for its agent's journal, and no card's content counts as known until it is read (docs/server.md, "Restore").
 */
export function holdUnfinished(tx: Tx, now: number): void {
  const epoch = String(currentEpoch(tx) + 1);
  tx.put('facts', { name: 'life', value: epoch });
  tx.put('facts', { name: 'restoredAt', value: String(now) });
  tx.put('facts', { name: RESTORE_REPORTED_BY, value: 'an agent' });
  for (const { id } of walk(tx, 'agents', 'key', [])) tx.put('facts', { name: yetToCatchUpName(id), value: epoch });
  for (const operation of walk(tx, 'operations', 'openByEncoder', [])) {
    tx.put('operations', { ...operation, held: true });
  }
  for (const { id } of walk(tx, 'properties', 'key', [])) passOverLockNumbers(tx, id, now);
}

/**
 * Whether this agent hasn't caught up since the last restore. Its journal is expected to be ahead then, so that isn't taken for
 * another restore: it would hold what agents that have caught up were asked for since.
 */
export function hasYetToCatchUp(tx: ReadTx, agentId: AgentId): boolean {
  return tx.get('facts', yetToCatchUpName(agentId)) !== undefined;
}

export function noteCaughtUp(tx: Tx, agentId: AgentId): void {
  if (!hasYetToCatchUp(tx, agentId)) return;
  tx.remove('facts', yetToCatchUpName(agentId));
  forgetExpected(tx, agentId);
}

/** Whether nobody but an agent told of the last restore: its word is good for less than an operator's. */
export function isRestoreReportedByAgent(tx: ReadTx): boolean {
  return tx.get('facts', RESTORE_REPORTED_BY)?.value === 'an agent';
}

const RESTORE_REPORTED_BY = 'the last restore was told by';
const yetToCatchUpName = (agentId: AgentId) => `not heard since the restore: ${agentId}`;

/** What `keyrack restore` does to a backup before a server runs on it. Noted in every property's audit log. */
export function markRestored(tx: Tx, { now }: { readonly now: number }): { readonly held: number } {
  holdUnfinished(tx, now);
  tx.put('facts', { name: RESTORE_REPORTED_BY, value: 'the operator' });
  for (const property of walk(tx, 'properties', 'key', [])) {
    const details = { life: currentEpoch(tx) };
    audit(tx, { propertyId: property.id, at: now, action: 'database-restored', actor: 'operator', details });
  }
  let held = 0;
  for (const _ of walk(tx, 'operations', 'openByEncoder', [])) held += 1;
  return { held };
}

export function hintYetToCatchUp(hint: Hint, agentId: AgentId): void {
  hint.get('facts', yetToCatchUpName(agentId));
}

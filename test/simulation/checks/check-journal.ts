import { isChain, type JournalPosition, type JournalRecord, journalStart } from '@keyrack/protocol';
import type { Agent } from '@keyrack/server/domain/places.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Executed } from '../world/database.ts';
import type { Ledger } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/** What the server believes of an agent's journal, and up to where. */
export function checkJournal(executed: Executed, tx: ReadTx, ledger: Ledger, verdict: Verdict): void {
  const rows = executed.changes.filter(({ table }) => table === 'agents');
  const before = rows[0]?.before as Agent | undefined;
  const after = rows.at(-1)?.after as Agent | undefined;
  if (before === undefined || after === undefined || executed.name.startsWith('operator')) return;
  checkBelief(before, after, ledger, verdict);
  if (!['report', 'catchUp', 'recordPiece'].includes(executed.name)) return;
  const { records } = executed.input as { readonly records: readonly JournalRecord[] };
  if (after.journal === null || after.cursor === null) return;
  const from = (after.journal === before.journal ? before.cursor : null) ?? journalStart(after.journal);
  if (after.cursor.number === from.number) return;
  checkChain(from, after.cursor, records, verdict);
  checkWritesInProgress(after.cursor, records, tx, verdict);
}

/** An agent is mistrusted only after a fault, and what was given up isn't believed again. */
function checkBelief(before: Agent, after: Agent, { journalTrouble, givenUp }: Ledger, verdict: Verdict): void {
  const { id, journal } = after;
  if (journal !== before.journal) {
    if (before.journal !== null) givenUp.add(before.journal);
    if (journal !== null && givenUp.has(journal))
      verdict.fail('journals', `journal ${journal} of agent ${id} was given up and is believed again`);
  }
  const isMistrusted = (before.journal !== null && journal === null) || after.state === 'suspended';
  if (isMistrusted && !journalTrouble.has(id))
    verdict.fail('journals', `the journal of agent ${id} counts as lost or copied, and nothing befell it`);
}

function checkChain(
  from: JournalPosition,
  to: JournalPosition,
  records: readonly JournalRecord[],
  verdict: Verdict,
): void {
  const passed = records.filter(({ number }) => number <= to.number);
  if (!isChain(from, passed) || passed.at(-1)?.hash !== to.hash)
    verdict.fail('journals', `the cursor moves from ${from.number} to ${to.number}, and no chain leads there`);
}

/**
 * The cursor never passes a `write` whose operation is still granted: in a backup of that moment, nothing behind the
 * cursor would tell of it.
 */
function checkWritesInProgress(
  cursor: JournalPosition,
  records: readonly JournalRecord[],
  tx: ReadTx,
  verdict: Verdict,
): void {
  for (const { number, entry } of records) {
    if (entry.type !== 'write' || number > cursor.number) continue;
    const operation = tx.get('operations', PROPERTY, entry.operation);
    if (operation?.state === 'granted' && operation.grant.nonce === entry.nonce)
      verdict.fail('journals', `the cursor is at ${cursor.number} and the write at ${number} is still open`);
  }
}

import type { JournalRecord } from '@keyrack/protocol';
import type { Agent } from '@keyrack/server/domain/places.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { PROPERTY } from '../house/hotel.ts';
import type { Executed } from '../world/database.ts';
import type { Verdict } from './verdict.ts';

/**
 * The cursor never passes a `write` whose operation is still granted: in a backup of that moment, nothing behind the
 * cursor would tell of it.
 */
export function checkCursor({ name, input, changes }: Executed, tx: ReadTx, verdict: Verdict): void {
  if (name !== 'report' && name !== 'catchUp') return;
  const { records } = input as { readonly records: readonly JournalRecord[] };
  const cursor = changes.flatMap(({ table, after }) => (table === 'agents' ? [(after as Agent).cursor] : [])).at(-1);
  if (cursor == null) return;
  for (const { number, entry } of records) {
    if (entry.type !== 'write' || number > cursor.number) continue;
    const operation = tx.get('operations', PROPERTY, entry.operation);
    if (operation?.state === 'granted' && operation.grant.nonce === entry.nonce)
      verdict.fail('cursor', `the cursor is at ${cursor.number} and the write at ${number} is still open`);
  }
}

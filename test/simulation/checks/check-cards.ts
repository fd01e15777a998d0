import type { Reading, Serial } from '@keyrack/protocol';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { walk } from '@keyrack/server/store/walk-pages.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Ledger } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/** Where the database says that it knows what is on a card, and nothing is open on it, it must be right. */
export function checkCard(tx: ReadTx, serial: Serial, content: Reading, ledger: Ledger, verdict: Verdict): void {
  const card = tx.get('cards', PROPERTY, serial);
  if (card === undefined || card.content === null || card.content === content) return;
  if (card.knownInLife !== Number(tx.get('facts', 'life')?.value ?? 1) || ledger.unreportedRestores > 0) return;
  if (tx.find('operations', 'unsettledBySerial', [PROPERTY, serial]).length > 0) return;
  for (const each of walk(tx, 'operations', 'openByEncoder', [PROPERTY]))
    if (each.serial === serial && each.held) return;
  verdict.fail('database agrees with plastic', `card ${serial} is said to hold ${card.content} and holds ${content}`);
}

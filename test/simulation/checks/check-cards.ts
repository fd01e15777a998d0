import type { Reading, Serial } from '@keyrack/protocol';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Ledger } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/** Where the database says that it knows what is on a card, and nothing is open on it, it must be right. */
export function checkCard(tx: ReadTx, serial: Serial, content: Reading, ledger: Ledger, verdict: Verdict): void {
  const card = tx.get('cards', PROPERTY, serial);
  if (card === undefined || card.content === null || card.content === content) return;
  if (card.knownInLife !== Number(tx.get('facts', 'life')?.value ?? 1) || ledger.unreportedRestores > 0) return;
  const open = (['granted', 'unknown', 'accepted'] as const).flatMap((state) =>
    tx.find('operations', 'bySerial', [PROPERTY, serial, state]),
  );
  if (open.some(({ state, held }) => state !== 'accepted' || held)) return;
  verdict.fail('database agrees with plastic', `card ${serial} is said to hold ${card.content} and holds ${content}`);
}

import { BLANK, type Reading, type Serial } from '@keyrack/protocol';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { PROPERTY } from '../property/hotel.ts';
import type { Executed } from '../world/database.ts';
import type { Ledger } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/**
 * A card that was read is called what it is: blank or new, whole, or damaged. Nobody forges cards here, so none is called a
 * forgery, a copy, or another property's, wherever a write of it stopped. After a restore the database may not know of a write.
 */
export function checkReading(
  { id, kind, state, cause }: Operation,
  { name, input }: Executed,
  tx: ReadTx,
  ledger: Ledger,
  verdict: Verdict,
): void {
  if (kind !== 'read' || name !== 'grantWrite' || ledger.restores > 0) return;
  if (state !== 'succeeded' && state !== 'rejected') return;
  const { serial, content } = input as { serial: Serial; content: Reading };
  const right = rightWord(serial, content, tx, ledger);
  const said = state === 'succeeded' ? 'blank or whole' : cause;
  // What else ends a read says nothing of the card.
  const isOfTheCard = state === 'succeeded' || (cause !== null && WORDS.has(cause));
  if (isOfTheCard && said !== right)
    verdict.fail('called what it is', `${id} calls card ${serial} ${said}, and it holds ${content}: ${right}`);
}

const WORDS: ReadonlySet<string> = new Set([
  'card-unreadable',
  'card-garbled',
  'card-checksum',
  'card-copied',
  'foreign-card',
]);

/** An image that no guest was given, since its write was damaged, is none: a later torn write may happen to complete it. */
function rightWord(serial: Serial, content: Reading, tx: ReadTx, ledger: Ledger): string {
  if (content === 'unreadable') return 'card-unreadable';
  const isBlank = content === BLANK || content === ledger.asSold.get(serial);
  const isWhole = [...ledger.written].some(
    ([record, target]) => target === content && tx.get('cardRecords', PROPERTY, record)?.status !== 'void',
  );
  return isBlank || isWhole ? 'blank or whole' : 'card-garbled';
}

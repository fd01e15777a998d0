import type { Serial } from '@keyrack/protocol';
import type { Card, CardRecord } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { knownRecord } from './known-card.ts';

/** A card with what the records believe to be on it, and those that it had before, the newest first. */
export interface CardDetail {
  readonly card: Card;
  readonly record: CardRecord | null;
  readonly history: readonly CardRecord[];
}

/** Records of one card that are shown. */
const HISTORY = 100;

export function cardDetail(
  tx: ReadTx,
  { propertyId, serial }: { readonly propertyId: string; readonly serial: Serial },
): CardDetail | null {
  const card = tx.get('cards', propertyId, serial);
  if (card === undefined) return null;
  const history = tx.find('cardRecords', 'bySerial', [propertyId, serial], { reverse: true, limit: HISTORY });
  return { card, record: knownRecord(tx, propertyId, serial), history };
}

import type { Serial } from '@keyrack/protocol';
import type { Card, CardRecord } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { type CardRecordDetail, detailOfRecord } from './card-records-page.ts';
import { knownRecord } from './known-card.ts';

/** A card with what the records believe to be on it, and those that it had before, the newest first. */
export interface CardDetail {
  readonly card: Card;
  readonly record: CardRecordDetail | null;
  readonly history: readonly CardRecordDetail[];
}

/** Records of one card that are shown. */
const HISTORY = 100;

export function cardDetail(
  tx: ReadTx,
  { propertyId, serial, now }: { readonly propertyId: string; readonly serial: Serial; readonly now: number },
): CardDetail | null {
  const card = tx.get('cards', propertyId, serial);
  if (card === undefined) return null;
  const history = tx.find('cardRecords', 'bySerial', [propertyId, serial], { reverse: true, limit: HISTORY });
  const record = knownRecord(tx, propertyId, serial);
  const detail = (each: CardRecord) => detailOfRecord(tx, each, now);
  return { card, record: record && detail(record), history: history.map(detail) };
}

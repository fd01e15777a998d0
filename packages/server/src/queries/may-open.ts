import { isLater } from '../domain/card-life.ts';
import type { CardRecord } from '../domain/places.ts';
import { isErased } from '../domain/plastic.ts';
import type { ReadTx } from '../store/store.ts';
import { currentEpoch } from './current-epoch.ts';
import { lastGrantedOn } from './known-card.ts';

/**
 * Until when a lock may still open for the card of this record (Unix milliseconds); null where none does any more. A lock opens
 * for a card that is out of use until it has seen the newer one, so records alone don't tell. In doubt it may open.
 */
export function mayOpenUntil(tx: ReadTx, record: CardRecord, now: number): number | null {
  const { status, validUntil } = record;
  if (status === 'void' || status === 'cancelled' || validUntil <= now) return null;
  return mayBeOnPlastic(tx, record) ? validUntil : null;
}

/** Whether a lock may open for it at this very time: one that begins later opens nothing yet. */
export function mayOpenNow(tx: ReadTx, record: CardRecord, now: number): boolean {
  return !isLater(record, now) && mayOpenUntil(tx, record, now) !== null;
}

/** Whether the content that was made for this record may be on its card still: nobody wrote another one there that is known. */
function mayBeOnPlastic(tx: ReadTx, { propertyId, id, serial, sequence, issuedAt }: CardRecord): boolean {
  // It waits for its card: nothing was granted, and nothing written.
  if (serial === null || sequence === 0) return false;
  const card = tx.get('cards', propertyId, serial);
  if (card === undefined || lastGrantedOn(tx, card)?.recordId === id) return true;
  if (card.recordId === null) return true;
  if (card.recordId === id) return !isErased(card, currentEpoch(tx));
  // A write that was never settled may lie on top of the newest card that is known to be there.
  const newest = tx.get('cardRecords', propertyId, card.recordId);
  return newest === undefined || newest.issuedAt <= issuedAt;
}

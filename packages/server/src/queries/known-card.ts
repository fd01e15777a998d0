import { decodeCardImage, imageOf, type Reading, type Serial } from '@keyrack/protocol';
import type { KnownCard } from '../domain/judge-reading.ts';
import type { Card, CardRecord } from '../domain/places.ts';
import type { Hint, HintedRow, HintedValue } from '../store/hints.ts';
import type { ReadTx } from '../store/store.ts';
import { findByTag } from './room-cards.ts';

/** What the records say of the card with this serial, to judge a reading of it by. */
export function knownCard(tx: ReadTx, propertyId: string, serial: Serial): KnownCard {
  return {
    plastic: knownPlastic(tx, propertyId, serial),
    recordOf: (image) => findByTag(tx, propertyId, serial, image),
  };
}

function knownPlastic(tx: ReadTx, propertyId: string, serial: Serial): KnownCard['plastic'] {
  const damagedBy = tx.get('cards', propertyId, serial)?.damagedBy ?? null;
  if (damagedBy !== null) return 'damaged';
  return isUnsettled(tx, propertyId, serial) ? 'unsettled' : 'whole';
}

/** Something is open on it, or was never found out: what it holds may be half of a write of this property. */
function isUnsettled(tx: ReadTx, propertyId: string, serial: Serial): boolean {
  const isOpen = tx.find('operations', 'unsettledBySerial', [propertyId, serial], { limit: 1 }).length > 0;
  return isOpen || lastGrantedOn(tx, tx.get('cards', propertyId, serial))?.state === 'written-off';
}

/**
 * The newest card record on this plastic; where none was ever issued there, that of the write that left it half written,
 * or of which nobody can tell what it left. Such plastic must be cancelled to become blank.
 */
export function recordOnCard(tx: ReadTx, card: Card): CardRecord | undefined {
  const id = card.recordId ?? recordIdLeftOn(tx, card);
  return id === null ? undefined : tx.get('cardRecords', card.propertyId, id);
}

function recordIdLeftOn(tx: ReadTx, card: Card): string | null {
  if (card.damagedBy !== null) return tx.get('operations', card.propertyId, card.damagedBy)?.recordId ?? null;
  const last = lastGrantedOn(tx, card);
  const isOutcomeOpen = last?.state === 'granted' || last?.state === 'unknown' || last?.state === 'written-off';
  return isOutcomeOpen ? last.recordId : null;
}

/** The operation that was granted last for this plastic. */
export function lastGrantedOn(tx: ReadTx, card: Card | undefined) {
  return card === undefined || card.lastGranted === null
    ? undefined
    : tx.get('operations', card.propertyId, card.lastGranted);
}

/** The record that this plastic is believed to hold; null where it is believed to be blank. */
export function knownRecord(tx: ReadTx, propertyId: string, serial: Serial): CardRecord | null {
  const card = tx.get('cards', propertyId, serial);
  return card === undefined || card.plastic === 'erased' ? null : (recordOnCard(tx, card) ?? null);
}

/** The card with this serial, its last operation, and the record on it. */
export function hintCard(
  hint: Hint,
  propertyId: string,
  serial: HintedValue,
): { readonly record: HintedRow<'cardRecords'>; readonly last: HintedRow<'operations'> } {
  const card = hint.get('cards', propertyId, serial);
  return {
    record: hint.get('cardRecords', propertyId, card.of('recordId')),
    last: hint.get('operations', propertyId, card.of('lastGranted')),
  };
}

/** What `knownCard` and `findByTag` look at, where the card is known. */
export function hintReading(
  hint: Hint,
  propertyId: string,
  serial: Serial,
  content: Reading,
): ReturnType<typeof hintCard> {
  hint.find('operations', 'unsettledBySerial', [propertyId, serial]);
  const decoded = content === 'unreadable' ? null : decodeCardImage(imageOf(content));
  if (decoded?.kind === 'image')
    hint.find('rooms', 'byLockNumber', [propertyId, decoded.image.lockNumber], { limit: 1 });
  return hintCard(hint, propertyId, serial);
}

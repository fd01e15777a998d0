import type { Nonce, Reading, Serial } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { Card } from '../../domain/places.ts';
import { cardRead } from '../../domain/plastic.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { change, currentEpoch } from '../outcome/change-operation.ts';

/** What was known of a card when it was opened for reading; see `isFresh`. */
export interface CardVersion {
  readonly serial: Serial;
  /** The operation that was granted last on it, and the nonce of that grant, unless it came to nothing. */
  readonly lastGranted: string | null;
  readonly lastNonce: Nonce | null;
}

export function cardVersionOf(tx: ReadTx, propertyId: string, serial: Serial): CardVersion {
  const lastGranted = tx.get('cards', propertyId, serial)?.lastGranted ?? null;
  const operation = lastGranted === null ? undefined : tx.get('operations', propertyId, lastGranted);
  return { serial, lastGranted, lastNonce: operation?.grant?.nonce ?? null };
}

/**
 * Whether the reading shows what the newest granted write left behind. A card is on one encoder at a time, so one
 * that was opened after a grant can't be written under that grant any more; one that was opened before may be. An
 * operation whose first grant wasn't obeyed is granted again, so it is the nonce that tells one from the other.
 */
export function isFresh(tx: ReadTx, propertyId: string, cardVersion: CardVersion): boolean {
  const now = cardVersionOf(tx, propertyId, cardVersion.serial);
  return now.lastGranted === cardVersion.lastGranted && now.lastNonce === cardVersion.lastNonce;
}

/**
 * Takes over what a fresh reading shows: of the card, and of the write that nobody could tell about (design,
 * "Settling"). Only the newest grant can be concluded from it, and none from a life of the database that was lost.
 */
export function settleByReading(
  tx: Tx,
  card: Card,
  reading: Reading,
  now: number,
  actor: string,
): { readonly card: Card; readonly changed: Operation[] } {
  const { propertyId, serial } = card;
  const epoch = currentEpoch(tx);
  const changed: Operation[] = [];
  for (const state of ['granted', 'unknown'] as const) {
    for (const operation of tx.find('operations', 'bySerial', [propertyId, serial, state])) {
      if (operation.held) continue;
      const concluded =
        operation.id === card.lastGranted && operation.grant?.life === epoch
          ? change(tx, operation, { type: 'settled', reading, at: now }, now, actor)
          : writeOff(tx, operation, now, actor);
      if (concluded !== null) changed.push(concluded);
    }
  }
  const next = cardRead(tx.get('cards', propertyId, serial) ?? card, reading, epoch);
  tx.put('cards', next);
  return { card: next, changed };
}

function writeOff(tx: Tx, operation: Operation, now: number, actor: string): Operation | null {
  const unknown =
    operation.state === 'granted'
      ? change(tx, operation, { type: 'lost', cause: 'outcome-unknown' }, now, actor)
      : operation;
  return unknown === null ? null : change(tx, unknown, { type: 'written-off', at: now }, now, actor);
}

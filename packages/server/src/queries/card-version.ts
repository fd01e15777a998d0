import type { Nonce, Serial } from '@keyrack/protocol';
import type { ReadTx } from '../store/store.ts';

/** The last grant on a card at the moment when it was opened for reading. `isFresh` compares it later. */
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
 * Whether a reading shows what the newest granted write left behind. A card is on one encoder at a time. If it was opened after
 * the grant, that grant's write is over and the reading shows its result. If before, the write may still come.
 *
 * The nonce tells grants apart: an operation whose first grant wasn't obeyed is granted again.
 */
export function isFresh(tx: ReadTx, propertyId: string, cardVersion: CardVersion): boolean {
  const now = cardVersionOf(tx, propertyId, cardVersion.serial);
  return now.lastGranted === cardVersion.lastGranted && now.lastNonce === cardVersion.lastNonce;
}

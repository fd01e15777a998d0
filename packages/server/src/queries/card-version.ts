import type { Nonce, Serial } from '@keyrack/protocol';
import type { ReadTx } from '../store/store.ts';

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

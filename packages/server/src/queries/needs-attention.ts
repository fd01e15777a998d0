import type { Operation } from '../domain/operation.ts';
import type { ReadTx } from '../store/store.ts';
import { recordOnCard } from './known-card.ts';
import { unfinishedAtEncoder } from './unfinished-operations.ts';

/** More than anybody looks after at once. */
const OF_A_KIND = 1_000;

/** How long damaged plastic is told of: whoever throws it away instead of writing it anew can tell nobody. Milliseconds. */
const DAMAGED_MS = 30 * 24 * 3_600_000;

/**
 * Operations that a person has to look after, the newest first: of which nobody can tell how they ended; which left a card
 * damaged that still is, unless it was lost or retired; which wait for their front desk since a restore. Each kind is found among its like alone.
 */
export function needsAttention(tx: ReadTx, propertyId: string, now: number): Operation[] {
  const unknown = tx.find('operations', 'unknown', [propertyId], { reverse: true, limit: OF_A_KIND });
  const damaged = tx
    .find('cards', 'inDoubt', [propertyId, 'damaged'], { limit: OF_A_KIND })
    .filter((card) => recordOnCard(tx, card)?.status !== 'lost')
    .flatMap(({ damagedBy }) => (damagedBy === null ? [] : (tx.get('operations', propertyId, damagedBy) ?? [])))
    .filter(({ acceptedAt }) => acceptedAt > now - DAMAGED_MS);
  const all = [...unknown, ...damaged, ...openOperations(tx, propertyId).filter(({ held }) => held)];
  return [...new Map(all.map((operation) => [operation.id, operation])).values()].sort(
    (one, other) => other.place - one.place,
  );
}

/** Accepted and granted operations of a property. */
export function openOperations(tx: ReadTx, propertyId: string): Operation[] {
  return tx.find('encoders', 'byId', [propertyId]).flatMap(({ mac }) => unfinishedAtEncoder(tx, propertyId, mac));
}

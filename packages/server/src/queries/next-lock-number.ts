import type { ReadTx } from '../store/store.ts';

/** The number behind all that there are and were. */
export function nextLockNumber(tx: ReadTx, propertyId: string): number {
  const [last] = tx.find('rooms', 'byLockNumber', [propertyId], { reverse: true, limit: 1 });
  const [retired] = tx.find('retiredLocks', 'key', [propertyId], { reverse: true, limit: 1 });
  return Math.max(last?.lockNumber ?? 0, retired?.lockNumber ?? 0) + 1;
}

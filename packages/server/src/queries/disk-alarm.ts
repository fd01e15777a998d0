import type { DiskAlarm } from '../domain/disk-space.ts';
import type { ReadTx } from '../store/store.ts';

export const DISK_FACT = 'the disk, as people were told';

const WELL: DiskAlarm = { isNearlyFull: false, space: { freeBytes: 0, sizeBytes: 0 }, toldUpTo: null };

/** What people were told of the disk. */
export function diskAlarm(tx: ReadTx, _input: Record<string, never>): DiskAlarm {
  const fact = tx.get('facts', DISK_FACT);
  return fact === undefined ? WELL : (JSON.parse(fact.value) as DiskAlarm);
}

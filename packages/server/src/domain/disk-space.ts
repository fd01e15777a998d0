import { DISK_ALARM } from './limits.ts';

/** Room on the disk of the data folder. Bytes. */
export interface DiskSpace {
  /** What the server may still write. */
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

/** What people know of the disk, and how far they were told. */
export interface DiskAlarm {
  readonly isNearlyFull: boolean;
  /** The room that there was when it changed. */
  readonly space: DiskSpace;
  /** The last property whose log has it; '' for none yet, and null when all have it. */
  readonly toldUpTo: string | null;
}

/**
 * Whether the disk counts as nearly full. Once it does, it takes half as much more room to be well again, so that a disk
 * at the limit doesn't ring with each file. `belowBytes`: the setting; null for a part of the disk.
 */
export function isNearlyFull(
  { freeBytes, sizeBytes }: DiskSpace,
  { was, belowBytes }: { readonly was: boolean; readonly belowBytes: number | null },
): boolean {
  const below = belowBytes ?? Math.min(sizeBytes * DISK_ALARM.part, DISK_ALARM.mostBytes);
  if (!was) return freeBytes < below;
  // A limit near the size of the disk itself can be left again, too.
  return freeBytes < Math.min(below * DISK_ALARM.wellAgain, (below + sizeBytes) / 2);
}

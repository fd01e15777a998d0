import { INSTALLATION } from '../../domain/audit.ts';
import { type DiskAlarm, type DiskSpace, isNearlyFull } from '../../domain/disk-space.ts';
import { DISK_ALARM } from '../../domain/limits.ts';
import { DISK_FACT, diskAlarm } from '../../queries/disk-alarm.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';

export interface NoteDiskSpace {
  readonly space: DiskSpace;
  /** The setting; null for a part of the disk. */
  readonly belowBytes: number | null;
  readonly now: number;
}

/**
 * Tells when the disk has become nearly full, and when it is well again: first the log of the installation, and then the log of
 * each property, some in each call. What all know is in the same transaction, so that a restart goes on where it ended, and nobody
 * is told twice. `more`: there are logs left. Only when all have it is the disk judged again.
 */
export function noteDiskSpace(
  tx: Tx,
  { space, belowBytes, now }: NoteDiskSpace,
): { readonly turned: DiskAlarm | null; readonly more: boolean } {
  const known = diskAlarm(tx, {});
  if (known.toldUpTo !== null) return { turned: null, more: tellProperties(tx, known, now) };
  const turned = { isNearlyFull: isNearlyFull(space, { was: known.isNearlyFull, belowBytes }), space, toldUpTo: '' };
  if (turned.isNearlyFull === known.isNearlyFull) return { turned: null, more: false };
  tellLog(tx, INSTALLATION, turned, now);
  return { turned, more: tellProperties(tx, turned, now) };
}

function tellProperties(tx: Tx, alarm: DiskAlarm, now: number): boolean {
  const limit = DISK_ALARM.propertiesAtOnce;
  const begin = alarm.toldUpTo === '' || alarm.toldUpTo === null ? {} : { after: { id: alarm.toldUpTo } };
  const properties = tx.find('properties', 'key', [], { ...begin, limit });
  for (const { id } of properties) tellLog(tx, id, alarm, now);
  const last = properties.length < limit ? null : (properties.at(-1)?.id ?? null);
  tx.put('facts', { name: DISK_FACT, value: JSON.stringify({ ...alarm, toldUpTo: last } satisfies DiskAlarm) });
  return last !== null;
}

function tellLog(tx: Tx, propertyId: string, { isNearlyFull: isFull, space }: DiskAlarm, now: number): void {
  const action = isFull ? 'disk-nearly-full' : 'disk-well-again';
  audit(tx, { propertyId, at: now, action, actor: 'server', details: { ...space } });
}

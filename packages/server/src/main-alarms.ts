import type { AgentId } from '@keyrack/protocol';
import type { ServerConfig } from './config.ts';
import type { DiskSpace } from './domain/disk-space.ts';
import { type AbsenceWatch, createAbsenceWatch } from './runtime/absence-watch.ts';
import type { Clock } from './runtime/clock.ts';
import { createDiskWatch, type DiskWatch, diskSpaceOf } from './runtime/disk-watch.ts';
import type { ServerLog } from './runtime/log.ts';
import type { Read, Run } from './runtime/runner.ts';
import { StoreError } from './store/index.ts';

export interface AlarmsParts {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly isConnected: (agentId: AgentId) => boolean;
  readonly diskSpace: ((folder: string) => Promise<DiskSpace>) | undefined;
}

/** What watches over desks and disk, so that people hear of trouble before somebody stands at a door. */
export interface Alarms {
  readonly desks: AbsenceWatch;
  readonly disk: DiskWatch;
}

export function createAlarms(
  { dataFolder, alarms }: Pick<ServerConfig, 'dataFolder' | 'alarms'>,
  { run, read, clock, log, isConnected, diskSpace = diskSpaceOf }: AlarmsParts,
): Alarms {
  const onError = (what: string) => (error: unknown) => {
    // The trouble of the database stands in the log already, once.
    if (!(error instanceof StoreError)) log.error({ err: error }, what);
  };
  const desks = createAbsenceWatch({
    run,
    read,
    clock,
    isConnected,
    afterMs: alarms.agentOfflineMs,
    onTold: ({ propertyId, agentId, since }) =>
      log.warn({ agent: agentId, propertyId, since }, 'a front desk has been offline for long'),
    onError: onError('front desks that are offline could not be looked at'),
  });
  const disk = createDiskWatch({
    run,
    read,
    clock,
    space: () => diskSpace(dataFolder),
    belowBytes: alarms.diskFreeBytes,
    onTurn({ isNearlyFull, space }) {
      if (isNearlyFull) log.warn({ ...space }, 'the disk of the data folder is nearly full; make room');
      else log.info({ ...space }, 'the disk of the data folder has room again');
    },
    onError: onError('the room on the disk of the data folder could not be looked at'),
  });
  return { desks, disk };
}

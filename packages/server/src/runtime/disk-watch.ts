import { statfs } from 'node:fs/promises';
import { type DiskAlarm, type DiskSpace, isNearlyFull } from '../domain/disk-space.ts';
import { DISK_ALARM } from '../domain/limits.ts';
import type { Clock } from './clock.ts';
import type { Read, Run } from './runner.ts';

export interface DiskWatchParts {
  readonly run: Run;
  readonly read: Read;
  readonly clock: Clock;
  readonly space: () => Promise<DiskSpace>;
  /** How much must be free, by a setting; null for a part of the disk. */
  readonly belowBytes: number | null;
  readonly onTurn: (alarm: DiskAlarm) => void;
  readonly onError: (error: unknown) => void;
}

export interface DiskWatch {
  /** The room at the last look; null where nobody could tell. */
  space(): DiskSpace | null;
  stop(): void;
}

/** The room on the disk of a folder. */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}

/**
 * Notices that the disk of the data folder is nearly full, while there is room to say so, and that it is well again. Where it
 * can't be recorded, because the disk is full already, the next look tries again.
 *
 * One node: the disk is that of this computer. With several, each tells of its own, by its name.
 */
export function createDiskWatch(parts: DiskWatchParts): DiskWatch {
  const { run, read, clock, belowBytes, onTurn, onError } = parts;
  let space: DiskSpace | null = null;
  let stopped = false;

  const look = async (): Promise<void> => {
    // A look that fails leaves no figure behind that has been wrong since.
    space = null;
    const found = await parts.space();
    space = found;
    const known = await read('diskAlarm', {});
    const isToTell = known.toldUpTo !== null;
    if (!isToTell && isNearlyFull(found, { was: known.isNearlyFull, belowBytes }) === known.isNearlyFull) return;
    let more = true;
    while (more && !stopped) {
      const noted = await run('noteDiskSpace', { space: found, belowBytes, now: clock.now() });
      if (noted.turned !== null) onTurn(noted.turned);
      more = noted.more;
    }
  };
  const wait = (ms: number): object => clock.setTimeout(lookAgain, ms);
  const lookAgain = (): void => {
    const again = () => {
      if (!stopped) timer = wait(DISK_ALARM.lookEveryMs);
    };
    look().then(again, (error: unknown) => {
      if (!stopped) onError(error);
      again();
    });
  };
  let timer = wait(DISK_ALARM.firstLookMs);

  return {
    space: () => space,
    stop() {
      stopped = true;
      clock.clearTimeout(timer);
    },
  };
}

import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '@keyrack/server/store/make-folder.ts';
import type { LineTarget } from './line-sink.ts';

/** Size of one log file, and how many full ones are kept beside it: `agent.log.1` is the newest. */
export const LOG_ROTATION = { megabytes: 10, files: 5 } as const;

export interface Rotation {
  readonly megabytes: number;
  readonly files: number;
}

/** What a descriptor of this process leads to, e.g. 2 for standard error. */
export function descriptorTarget(descriptor: number): LineTarget {
  return { write: (bytes) => writeSync(descriptor, bytes) };
}

/**
 * A file that is set aside when it has grown large, the oldest ones being removed. It is opened when the first line comes,
 * and again after every failure, so that a full disk at the start keeps nobody from starting.
 */
export function rotatedFile(
  file: string,
  { megabytes, files }: Rotation = LOG_ROTATION,
): LineTarget & { close(): void } {
  const most = megabytes * 1024 * 1024;
  let opened: { readonly descriptor: number; size: number } | null = null;

  function open(): { readonly descriptor: number; size: number } {
    makeFolder(dirname(file));
    const descriptor = openSync(file, 'a', 0o600);
    opened = { descriptor, size: fstatSync(descriptor).size };
    return opened;
  }

  function close(): void {
    if (opened !== null) closeSync(opened.descriptor);
    opened = null;
  }

  /** Renames upwards, the oldest over the one that goes. */
  function setAside(): void {
    close();
    for (let number = files; number > 1; number -= 1) renameIfThere(`${file}.${number - 1}`, `${file}.${number}`);
    renameIfThere(file, `${file}.1`);
  }

  return {
    begin(bytes) {
      const { size } = opened ?? open();
      if (size > 0 && size + bytes > most) setAside();
    },
    write(bytes) {
      const at = opened ?? open();
      try {
        const written = writeSync(at.descriptor, bytes);
        at.size += written;
        return written;
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { median } from '../report/statistics.ts';

const PAGE = Buffer.alloc(4_096, 1);

/** How long it takes to have one more page of a file on disk, as a commit does it at least once. Median, milliseconds. */
export function flushTime(file: string, seconds: number): number {
  const descriptor = openSync(file, 'w');
  const times: number[] = [];
  try {
    const end = performance.now() + seconds * 1_000;
    do {
      const began = performance.now();
      writeSync(descriptor, PAGE);
      fdatasyncSync(descriptor);
      times.push(performance.now() - began);
    } while (performance.now() < end);
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
  return median(times);
}

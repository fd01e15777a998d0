import { statfsSync, statSync } from 'node:fs';
import { BenchError } from '../parts/bench-error.ts';

/** What a card of the past takes with its operation, its audit records and the room's history, with some to spare. Bytes. */
const BYTES_OF_A_CARD = 5_500;
const GIGABYTE = 1e9;

interface Wanted {
  readonly cards: number;
  /** Where its database grows: what is there already needs no more space. */
  readonly file: string;
}

/** Throws where a folder has no room for these databases, with what is needed, and what to do. */
export function checkSpace(folder: string, wanted: readonly Wanted[], free: number = freeBytes(folder)): void {
  const needed = wanted.reduce((sum, { cards, file }) => sum + Math.max(0, cards * BYTES_OF_A_CARD - bytesOf(file)), 0);
  if (needed <= free) return;
  throw new BenchError(
    `growth needs ${gigabytes(needed)} in ${folder}, and ${gigabytes(free)} are free. Free some, or put its databases elsewhere with --folder PATH.`,
  );
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function gigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toFixed(1)} GB`;
}

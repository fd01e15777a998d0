import Database from 'better-sqlite3';
import { answerBench } from '../parts/answer.ts';
import { type BareOperations, createBareOperations } from './bare-operations.ts';
import { flushTime } from './flush-time.ts';

// The bare loop: the durable transactions of issues and cancels, in a thread that does nothing else.

export interface LoopRun {
  /** Durable transactions. */
  readonly perSecond: number;
  /** How much of its time it worked: the rest it waited, for flushes or for a core. */
  readonly busyPercent: number;
  /** What the disk takes for a flush, with nothing around it. Milliseconds. */
  readonly flushMs: number;
}

const FLUSH_SECONDS = 0.3;

let opened: { readonly operations: BareOperations; readonly flushFile: string } | null = null;

answerBench({
  /** Opens a database that a server made, as that server does. */
  open: (file: string) => {
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('wal_autocheckpoint = 4000');
    opened = { operations: createBareOperations(db), flushFile: `${file}.flush` };
    return null;
  },
  run: (seconds: number): LoopRun => {
    if (opened === null) throw new Error('no database is open');
    const { operations, flushFile } = opened;
    const flushMs = flushTime(flushFile, FLUSH_SECONDS);
    const cpu = process.cpuUsage();
    const began = performance.now();
    const end = began + seconds * 1_000;
    let transactions = 0;
    while (performance.now() < end) transactions += operations.carryOutOne();
    const took = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    return { perSecond: (transactions / took) * 1_000, busyPercent: ((user + system) / 1_000 / took) * 100, flushMs };
  },
});

import Database from 'better-sqlite3';
import { answerBench } from '../parts/answer.ts';
import { type BareOperations, createBareOperations } from './bare-operations.ts';

// The bare loop: the durable transactions of issues and cancels, in a thread that does nothing else.

let operations: BareOperations | null = null;

answerBench({
  /** Opens a database that a server made, as that server does. */
  open: (file: string) => {
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('wal_autocheckpoint = 4000');
    operations = createBareOperations(db);
    return null;
  },
  run: (seconds: number): { readonly perSecond: number } => {
    if (operations === null) throw new Error('no database is open');
    const began = performance.now();
    const end = began + seconds * 1_000;
    let transactions = 0;
    while (performance.now() < end) transactions += operations.carryOutOne();
    return { perSecond: transactions / ((performance.now() - began) / 1_000) };
  },
});

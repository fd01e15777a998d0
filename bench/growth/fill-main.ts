import Database from 'better-sqlite3';
import { answerBench } from '../parts/answer.ts';
import { type Filling, fillHistory } from './fill-history.ts';

// Fills a database in a process of its own: whoever waits can break it off at any time, and go on later.

/** Between two lines about how far it is. Milliseconds. */
const BETWEEN_LINES_MS = 5_000;

export type Fill = Omit<Filling, 'progress'> & { readonly file: string };
/** `busy`: another program has the database. */
export type FillOutcome = 'filled' | 'busy';

answerBench({
  fill: async ({ file, ...filling }: Fill): Promise<FillOutcome> => {
    let told = performance.now();
    const progress = (done: string) => {
      if (performance.now() < told + BETWEEN_LINES_MS) return;
      told = performance.now();
      process.stderr.write(`growth: ${done}\n`);
    };
    try {
      await fillHistory(file, { ...filling, progress });
      return 'filled';
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return 'busy';
      throw error;
    }
  },
});

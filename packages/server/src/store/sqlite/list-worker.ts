import { parentPort, workerData } from 'node:worker_threads';
import { checkQueries } from '../query-names.ts';
import { type Queries, StoreError } from '../store.ts';
import { openToRead } from './database.ts';
import type { FromListWorker, ListWorkerOptions, ToListWorker } from './list-messages.ts';
import { createQueryRunner } from './query-runner.ts';
import { type SentAnswer, sendableAnswer } from './worker-messages.ts';

// The thread that lists are read in, so that none holds up the event loop or a transaction. Started by list-thread.ts.

const { file, queries: moduleUrl } = workerData as ListWorkerOptions;
const port = parentPort;
if (port === null) throw new Error('list-worker.ts is run by openSqliteStore alone');

const { queries } = (await import(moduleUrl)) as { queries: Queries };
const queryNamed = checkQueries(queries);
const db = openToRead(file);
const runQuery = createQueryRunner(db);

const answerTo = (name: string, input: unknown): SentAnswer => {
  try {
    return { type: 'committed', result: runQuery(queryNamed(name).query, input) };
  } catch (error) {
    return sendableAnswer(error instanceof StoreError ? { type: 'failed', error } : { type: 'thrown', error });
  }
};

port.on('message', (message: ToListWorker) => {
  if (message.type === 'close') {
    db.close();
    port.close();
    return;
  }
  const { id, name, input } = message;
  try {
    port.postMessage({ id, answer: answerTo(name, input) } satisfies FromListWorker);
  } catch (error) {
    // The result can't be cloned: a bug of this query alone.
    port.postMessage({ id, answer: sendableAnswer({ type: 'thrown', error }) } satisfies FromListWorker);
  }
});

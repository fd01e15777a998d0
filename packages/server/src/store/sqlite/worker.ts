import { parentPort, workerData } from 'node:worker_threads';
import { StoreError, type TransactionSet } from '../store.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { explainOpenError } from './open-error.ts';
import { createTransactor, type RunGroup } from './transactor.ts';
import {
  type FromWorker,
  type SentAnswer,
  sendableAnswer,
  type ToWorker,
  type WorkerOptions,
} from './worker-messages.ts';

// The thread that the database lives in, so that the event loop never waits for a disk. Started by sqlite-store.ts.

const { file, transactions: moduleUrl } = workerData as WorkerOptions;
const port = parentPort;
if (port === null) throw new Error('worker.ts is run by openSqliteStore alone');

const send = (message: FromWorker): void => port.postMessage(message);

let opened: OpenDatabase | undefined;
try {
  const { transactions } = (await import(moduleUrl)) as { transactions: TransactionSet };
  opened = openDatabase(file);
  serve(opened, createTransactor(opened.db, transactions));
  send({ type: 'opened' });
} catch (error) {
  opened?.close();
  send({ type: 'not-opened', file, matter: explainOpenError(file, error).matter });
}

function serve(database: OpenDatabase, runGroup: RunGroup): void {
  port?.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'group': {
        const answers = runGroup(message.calls).map(sendableAnswer);
        sendAnswers(answers);
        // The database may now differ from what SQLite believes: no more of it until somebody starts anew.
        if (answers.some((answer) => answer.type === 'failed' && answer.outcome === 'unknown')) process.exit(1);
        return;
      }
      case 'close':
        database.close();
        port.close();
    }
  });
}

function sendAnswers(answers: readonly SentAnswer[]): void {
  try {
    send({ type: 'answers', answers });
  } catch {
    send({ type: 'answers', answers: answers.map(withoutUncloneable) });
  }
}

/** A result that can't be cloned is a bug, found when its transaction is committed already. */
function withoutUncloneable(answer: SentAnswer): SentAnswer {
  try {
    return structuredClone(answer);
  } catch (error) {
    const failure = new StoreError(
      'unknown',
      `the transaction was committed, but its result is not plain data: ${error}`,
    );
    return sendableAnswer({ type: 'failed', error: failure });
  }
}

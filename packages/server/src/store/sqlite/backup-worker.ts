import { parentPort, workerData } from 'node:worker_threads';
import { copyDatabase } from './backup.ts';

// The thread of one backup. Started by backupSqlite in backup.ts.

const { file, target } = workerData as { readonly file: string; readonly target: string };
parentPort?.postMessage(await copyDatabase(file, target));

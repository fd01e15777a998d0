import { setTimeout } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { connect } from './connection.ts';

/** For how long it is asked again. Milliseconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * What became of a transaction whose COMMIT had no answer. One that is still under way is cut off first, so that its end is
 * known. Rejects where the database can't be reached for long.
 */
export async function lookUpCommit(
  database: ClientConfig,
  transaction: string,
  backend: number,
): Promise<'committed' | 'aborted'> {
  const until = performance.now() + PATIENCE_MS;
  let last: unknown;
  while (performance.now() < until) {
    try {
      const connection = await connect(database);
      try {
        const [rows] = await connection.send([{ text: 'SELECT pg_xact_status($1::xid8)', values: [transaction] }]);
        const status = rows?.[0]?.[0];
        if (status === 'committed' || status === 'aborted') return status;
        if (status === 'in progress')
          await connection.send([{ text: 'SELECT pg_terminate_backend($1::integer)', values: [backend] }]);
        last = new Error(`the transaction is ${String(status)}`);
      } finally {
        await connection.end();
      }
    } catch (error) {
      last = error;
    }
    await setTimeout(PAUSE_MS);
  }
  throw last;
}

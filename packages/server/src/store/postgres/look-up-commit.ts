import { setTimeout } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { type Look, lookUntilEnded } from '../groups/end-commit.ts';
import { connect } from './connection.ts';

/** For how long it is asked again. Milliseconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;

/**
 * What became of a transaction whose COMMIT had no answer. One that is still under way is cut off first, so that its end is
 * known. Rejects where the database can't be reached for long.
 */
export function lookUpCommit(
  database: ClientConfig,
  transaction: string,
  backend: number,
): Promise<'committed' | 'aborted'> {
  const look: Look = async () => {
    const connection = await connect(database);
    try {
      const [rows] = await connection.send([{ text: 'SELECT pg_xact_status($1::xid8)', values: [transaction] }]);
      const status = rows?.[0]?.[0] as Awaited<ReturnType<Look>>;
      if (status === 'in progress')
        await connection.send([{ text: 'SELECT pg_terminate_backend($1::integer)', values: [backend] }]);
      return status;
    } finally {
      await connection.end();
    }
  };
  const pause = () => setTimeout(PAUSE_MS);
  return lookUntilEnded(look, { now: () => performance.now(), pause, lasts: PATIENCE_MS });
}

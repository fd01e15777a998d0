import { setTimeout } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { type Connection, connect } from './connection.ts';
import { DatabaseRefusal } from './open-error.ts';

/** Tells this lock from others in the same database: two numbers, as PostgreSQL's own tools show them. */
const LOCK = [0x4b72, 1];

/** How long a server tries to have its lock again after its connection was lost. Milliseconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/** The right to be the one server of a database. */
export interface ServerLock {
  release(): Promise<void>;
}

/**
 * Takes the database for this server alone. PostgreSQL lets go of the lock once its owner's connection is gone. Rejects where another
 * server has it. `onLost` hears that another one took it over, or that the database can't be reached for long.
 */
export async function lockForServer(database: ClientConfig, onLost: (error: Error) => void): Promise<ServerLock> {
  let isOver = false;
  let connection: Connection;

  const take = async (): Promise<boolean> => {
    const made = await connect({ ...database, keepAlive: true });
    const [rows] = await made.send([{ text: 'SELECT pg_try_advisory_lock($1::integer, $2::integer)', values: LOCK }]);
    if (rows?.[0]?.[0] !== true) {
      await made.end();
      return false;
    }
    connection = made;
    void made.lost.then(takeAgain);
    return true;
  };
  const takeAgain = async (): Promise<void> => {
    const until = performance.now() + PATIENCE_MS;
    while (!isOver) {
      if (await take().catch(() => false)) return;
      if (performance.now() >= until)
        return onLost(new Error('the database was lost, or another server took it over meanwhile'));
      await setTimeout(PAUSE_MS);
    }
  };
  if (!(await take()))
    throw new DatabaseRefusal(
      'another Keyrack server has this database. Stop it, or give this one a database of its own.',
    );
  return {
    async release() {
      isOver = true;
      await connection.end();
    },
  };
}

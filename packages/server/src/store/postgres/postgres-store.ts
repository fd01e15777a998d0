import type { ClientConfig } from 'pg';
import { createGroupStore, type GroupEngine, type GroupStore, type ReadLane } from '../groups/group-store.ts';
import { scopeOf } from '../groups/reach.ts';
import type { NoQueries, Queries, TransactionSet } from '../store.ts';
import { type Connection, connect, explainFailure, readAsked } from './connection.ts';
import { createGroupDatabase, scopeSql } from './group-database.ts';
import { lookUpCommit } from './look-up-commit.ts';
import { migrate } from './migrate.ts';
import { explainOpenError } from './open-error.ts';
import { checkRole } from './roles.ts';
import { lockForServer, type ServerLock } from './server-lock.ts';

export interface PostgresStoreOptions<T extends TransactionSet, Q extends Queries> {
  readonly database: ClientConfig;
  readonly transactions: T;
  readonly queries?: Q;
  /** For a server, which takes the database for itself: called once when it has lost it to another one. */
  readonly onFailure?: (error: Error) => void;
}

/** Opens the database, and brings it to this version. Rejects with a StoreOpenError. */
export async function openPostgresStore<T extends TransactionSet, Q extends Queries = NoQueries>({
  database,
  transactions,
  queries,
  onFailure,
}: PostgresStoreOptions<T, Q>): Promise<GroupStore<T, Q>> {
  let lock: ServerLock | null = null;
  try {
    lock = onFailure === undefined ? null : await lockForServer(database, onFailure);
    await prepare(database);
  } catch (error) {
    await lock?.release();
    throw explainOpenError(database, error);
  }
  return createGroupStore(createPostgresEngine(database, lock), transactions, queries);
}

async function prepare(database: ClientConfig): Promise<void> {
  const connection = await connect(database);
  try {
    await checkRole(connection);
    await migrate(connection);
  } finally {
    await connection.end();
  }
}

/** A connection for what is written, and one for each lane of what is read. Each is made anew once it is lost. */
function createPostgresEngine(database: ClientConfig, lock: ServerLock | null): GroupEngine {
  const connections = new Map<ReadLane | 'writer', Connection>();
  const connectionOf = async (lane: ReadLane | 'writer'): Promise<Connection> => {
    const known = connections.get(lane);
    if (known !== undefined && !known.isLost()) return known;
    const made = await connect(database);
    connections.set(lane, made);
    return made;
  };
  return {
    async open() {
      return createGroupDatabase(await connectionOf('writer'), (transaction, backend) =>
        lookUpCommit(database, transaction, backend),
      );
    },
    async look(lane, { locks, further, asked }, read) {
      const connection = await connectionOf(lane);
      // What is read goes out with them, and fails where they fail.
      const begun = Promise.all([
        connection.command('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
        connection.send([scopeSql(scopeOf(locks), further, asked)]),
      ]);
      begun.catch(() => {});
      try {
        const result = await read({ read: (asked) => readAsked(connection, asked) });
        await begun;
        return result;
      } finally {
        // Nobody waits for the end of what only read: the next look goes out behind it.
        if (!connection.isLost()) connection.command('COMMIT').catch(() => {});
      }
    },
    explain: explainFailure,
    async close() {
      await Promise.all([...connections.values()].map((connection) => connection.end()));
      await lock?.release();
    },
  };
}

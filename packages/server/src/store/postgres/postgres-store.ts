import type { ClientConfig } from 'pg';
import { type QueryCall, runQueries } from '../groups/run-queries.ts';
import { type Answer, type Call, locksFor, runGroup } from '../groups/run-group.ts';
import { joinLocks, type Locks } from '../groups/reach.ts';
import { checkQueries } from '../query-names.ts';
import { type NoQueries, type Queries, type Store, StoreError, StoreRefusal, type TransactionSet } from '../store.ts';
import { type Connection, connect, readAsked, refusalOf } from './connection.ts';
import { createGroupDatabase } from './group-database.ts';
import { lookUpCommit } from './look-up-commit.ts';
import { migrate } from './migrate.ts';

/** Transactions that may wait or be under way. Beyond it they are refused: their callers would have given up. */
export const WAITING_LIMIT = 10_000;
/** Calls that share one transaction of the database. */
export const GROUP_LIMIT = 64;
/** Connections that queries are read over, beside the one of transactions. */
const READERS = 2;

export interface PostgresStoreOptions<T extends TransactionSet, Q extends Queries> {
  readonly database: ClientConfig;
  readonly transactions: T;
  readonly queries?: Q;
}

interface Waiting<Wanted> {
  readonly call: Wanted;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Opens the database, and brings it to this version. */
export async function openPostgresStore<T extends TransactionSet, Q extends Queries = NoQueries>({
  database,
  transactions,
  queries = { quick: {}, lists: {} } as unknown as Q,
}: PostgresStoreOptions<T, Q>): Promise<Store<T, Q>> {
  const queryNamed = checkQueries(queries);
  const first = await connect(database);
  try {
    await migrate(first);
  } finally {
    await first.end();
  }
  const writer = createLane<Call>(database, GROUP_LIMIT, async (connection, waiting) => {
    const lookUp = (transaction: string, backend: number) => lookUpCommit(database, transaction, backend);
    const answers = await runInGroup(connection, transactions, waiting.map(({ call }) => call), lookUp);
    const again: Waiting<Call>[] = [];
    answers.forEach((answer, at) => {
      const { call, resolve, reject } = waiting[at] as Waiting<Call>;
      if (answer.type === 'committed') resolve(answer.result);
      else if (answer.type !== 'again') reject(answer.error);
      else again.push({ call: { ...call, locks: joinLocks(call.locks, answer.locks) }, resolve, reject });
    });
    return again;
  });
  const reader = async (connection: Connection, waiting: readonly Waiting<QueryCall>[]) => {
    await answerQueries(connection, waiting);
    return [];
  };
  const quick = createLane<QueryCall>(database, GROUP_LIMIT, reader);
  const lists = Array.from({ length: READERS - 1 }, () => createLane<QueryCall>(database, 1, reader));
  let closing: Promise<void> | undefined;

  const refusal = (done: string): StoreError | null => {
    if (closing !== undefined) return new StoreRefusal(`the store is closed: nothing was ${done}.`);
    if (writer.waiting() < WAITING_LIMIT) return null;
    return new StoreRefusal(`${WAITING_LIMIT} calls are waiting for the store: nothing was ${done}. Try again later.`);
  };
  return {
    async run(name, input) {
      const refused = refusal('written');
      if (refused !== null) throw refused;
      return writer.add({ name, input, locks: locksFor(input) }) as never;
    },
    async read(name, input) {
      const { query, isQuick } = queryNamed(name);
      const refused = refusal('read');
      if (refused !== null) throw refused;
      const lane = isQuick ? quick : (lists[0] as typeof quick);
      return lane.add({ query, input }) as never;
    },
    async close() {
      closing ??= Promise.all([writer, quick, ...lists].map((lane) => lane.close())).then(() => {});
      await closing;
    },
  };
}

async function runInGroup(
  connection: Connection,
  transactions: TransactionSet,
  calls: readonly Call[],
  lookUp: Parameters<typeof createGroupDatabase>[1],
): Promise<Answer[]> {
  const group = createGroupDatabase(connection, lookUp);
  try {
    return await runGroup(group, transactions, calls);
  } catch (error) {
    await group.abandon();
    const failed: Answer = { type: 'failed', error: error instanceof StoreError ? error : refusalOf(error) };
    return calls.map(() => failed);
  }
}

async function answerQueries(connection: Connection, waiting: readonly Waiting<QueryCall>[]): Promise<void> {
  try {
    await connection.command('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const answers = await runQueries({ read: (asked) => readAsked(connection, asked) }, waiting.map(({ call }) => call));
    await connection.command('COMMIT');
    answers.forEach((answer, at) => {
      if (answer.type === 'answered') waiting[at]?.resolve(answer.result);
      else waiting[at]?.reject(answer.error);
    });
  } catch (error) {
    if (!connection.isLost()) await connection.command('ROLLBACK').catch(() => {});
    for (const { reject } of waiting) reject(refusalOf(error));
  }
}

/** Work of one connection, a group at a time. What is called while a group is under way forms the next one. */
function createLane<Wanted>(
  database: ClientConfig,
  most: number,
  work: (connection: Connection, waiting: readonly Waiting<Wanted>[]) => Promise<readonly Waiting<Wanted>[]>,
) {
  let queue: Waiting<Wanted>[] = [];
  let running: Promise<void> | undefined;
  let connection: Connection | undefined;
  let under = 0;

  const open = async (): Promise<Connection> => {
    if (connection === undefined || connection.isLost()) connection = await connect(database);
    return connection;
  };
  const runAll = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.slice(0, most);
      queue = queue.slice(most);
      under = group.length;
      try {
        const again = await work(await open(), group);
        queue.unshift(...again);
      } catch (error) {
        for (const { reject } of group) reject(refusalOf(error));
      }
      under = 0;
    }
    running = undefined;
  };
  return {
    add(call: Wanted): Promise<unknown> {
      return new Promise((resolve, reject) => {
        queue.push({ call, resolve, reject });
        // A group of those that are called in the same turn, not of the first of them alone.
        running ??= Promise.resolve().then(runAll);
      });
    },
    waiting: () => queue.length + under,
    async close() {
      await running;
      await connection?.end();
    },
  };
}

export type { Locks };

import { checkQueries } from '../query-names.ts';
import { type NoQueries, type Queries, type Store, StoreError, StoreRefusal, type TransactionSet } from '../store.ts';
import type { GatheredHints } from './gather-hints.ts';
import { createCounts, type GroupCounts, type GroupNotes } from './group-notes.ts';
import { createLane } from './lane.ts';
import { joinLocks } from './reach.ts';
import { type Answer, type Call, type GroupDatabase, locksFor, runGroup } from './run-group.ts';
import { aheadOf, type QueryAnswer, type QueryCall, runQueries, type SnapshotDatabase } from './run-queries.ts';

/** Transactions that may wait or be under way. Beyond it they are refused: their callers would have given up. */
export const WAITING_LIMIT = 10_000;
/** Calls that share one transaction of the database, and quick queries that share a snapshot. */
export const GROUP_LIMIT = 64;

/** Queries wait for others of their kind alone. */
export type ReadLane = 'quick' | 'lists';

/** A database whose transactions take a message and an answer for each step. */
export interface GroupEngine {
  /** The next transaction that writes. There is one at a time. */
  open(): Promise<GroupDatabase>;
  /** A snapshot that holds all that was committed before this call, for as long as `read` takes. One at a time in each lane. */
  look<Result>(
    lane: ReadLane,
    sees: GatheredHints,
    read: (snapshot: SnapshotDatabase) => Promise<Result>,
  ): Promise<Result>;
  /** What an exception of it means for what was asked. */
  explain(error: unknown): StoreError;
  close(): Promise<void>;
}

export interface GroupStore<T extends TransactionSet, Q extends Queries> extends Store<T, Q> {
  /** How its groups went so far. */
  counts(): GroupCounts;
}

/** A store that runs what is called together in one transaction of the database. */
export function createGroupStore<T extends TransactionSet, Q extends Queries = NoQueries>(
  engine: GroupEngine,
  transactions: T,
  queries: Q = { quick: {}, lists: {} } as unknown as Q,
  watch: Partial<GroupNotes> = {},
): GroupStore<T, Q> {
  const { counts, notes } = createCounts(watch);
  const queryNamed = checkQueries(queries);
  let closing: Promise<void> | undefined;

  const runTogether = async (calls: readonly Call[]): Promise<Answer[]> => {
    let group: GroupDatabase | undefined;
    try {
      group = await engine.open();
      return await runGroup(group, transactions, calls, notes);
    } catch (error) {
      await group?.abandon();
      const failed: Answer = { type: 'failed', error: error instanceof StoreError ? error : engine.explain(error) };
      return calls.map(() => failed);
    }
  };
  const writer = createLane<Call>(GROUP_LIMIT, async (waiting) => {
    const answers = await runTogether(waiting.map(({ wanted }) => wanted));
    return waiting.filter(({ wanted, resolve, reject }, at) => {
      const answer = answers[at] as Answer;
      if (answer.type === 'committed') resolve(answer.result);
      else if (answer.type !== 'again') reject(answer.error);
      else wanted.locks = joinLocks(wanted.locks, answer.locks);
      return answer.type === 'again';
    });
  });
  const reader = (lane: ReadLane, most: number) =>
    createLane<QueryCall>(most, async (waiting) => {
      try {
        const calls = waiting.map(({ wanted }) => wanted);
        const ahead = aheadOf(calls);
        const answers = await engine.look(lane, ahead, (snapshot) => runQueries(snapshot, calls, ahead, notes));
        return waiting.filter(({ wanted, resolve, reject }, at) => {
          const answer = answers[at] as QueryAnswer;
          if (answer.type === 'answered') resolve(answer.result);
          else if (answer.type === 'thrown') reject(answer.error);
          else wanted.sees = joinLocks(wanted.sees, answer.sees);
          return answer.type === 'again';
        });
      } catch (error) {
        const why = engine.explain(error);
        for (const { reject } of waiting) reject(why);
        return [];
      }
    });
  const quick = reader('quick', GROUP_LIMIT);
  const lists = reader('lists', 1);

  const refusal = (done: string): StoreRefusal | null => {
    if (closing !== undefined) return new StoreRefusal(`the store is closed: nothing was ${done}.`);
    if (writer.waiting() < WAITING_LIMIT) return null;
    return new StoreRefusal(`${WAITING_LIMIT} calls are waiting for the store: nothing was ${done}. Try again later.`);
  };
  const close = async (): Promise<void> => {
    await Promise.all([writer.idle(), quick.idle(), lists.idle()]);
    await engine.close();
  };
  return {
    counts,
    async run(name, input) {
      const refused = refusal('written');
      if (refused !== null) throw refused;
      return writer.add({ name, input, locks: locksFor(input) }) as never;
    },
    async read(name, input) {
      const { query, isQuick } = queryNamed(name);
      const refused = refusal('read');
      if (refused !== null) throw refused;
      return (isQuick ? quick : lists).add({ name, query, input, sees: locksFor(input) }) as never;
    },
    async close() {
      closing ??= close();
      await closing;
    },
  };
}

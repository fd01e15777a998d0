import { createMemoryStore, type MemorySnapshot } from '@keyrack/server/store/memory/memory-store.ts';
import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import { schema } from '@keyrack/server/store/schema.ts';
import {
  type KeyValue,
  type NoQueries,
  type Queries,
  type ReadTx,
  type Store,
  StoreError,
  StoreRefusal,
  type TransactionSet,
  type Tx,
} from '@keyrack/server/store/store.ts';
import type { Process } from '../clockwork/computer.ts';
import type { Random } from '../clockwork/random.ts';
import type { Scheduler } from '../clockwork/scheduler.ts';
import type { Trace } from '../clockwork/trace.ts';

/** One row that a transaction wrote: what was there, and what is there now. */
export interface RowChange {
  readonly table: TableName;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

export interface Executed {
  readonly name: string;
  readonly input: unknown;
  readonly result: unknown;
  readonly changes: readonly RowChange[];
  durable: boolean;
}

export interface DatabaseEyes {
  /** Called within the transaction, so that `tx` shows what it left. */
  executed(executed: Executed, tx: ReadTx): void;
  durable(executed: Executed): void;
  /** The server is about to hear its result; it never hears that of a commit with another fate than `done`. */
  answered(executed: Executed): void;
  /** It was never durable, and the server died. */
  undone(executed: Executed): void;
}

/** What happens to a transaction. `late`: nobody knows, and it is carried out a little later. */
export type Fate = 'done' | 'aborted' | 'unknown, done' | 'unknown, not done' | 'unknown, late';

export interface Database<T extends TransactionSet, Q extends Queries = NoQueries> {
  /** The server's connection; it ends with the process. */
  open(process: Process): Store<T, Q>;
  /** Looks at what transactions see now. */
  peek<T>(look: (tx: ReadTx) => T): T;
  /** An operator's transaction: done and durable at once. */
  alter(name: string, change: (tx: Tx) => void): void;
  /** The server's process died: what wasn't durable may be gone. */
  crash(): void;
  /** Everything that is committed now. */
  backup(): MemorySnapshot;
  restore(backup: MemorySnapshot): void;
  /** Executed and not durable yet, in order. */
  pending(): readonly Executed[];
}

export interface DatabaseParts<T extends TransactionSet, Q extends Queries> {
  readonly transactions: T;
  readonly queries: Q;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** For how long a query takes. */
  readonly queryRandom: Random;
  readonly trace: Trace;
  readonly eyes: DatabaseEyes;
  readonly fate: (name: string) => Fate;
  /** Milliseconds that a commit takes. */
  readonly commitMs: (random: Random) => number;
}

export function createDatabase<T extends TransactionSet, Q extends Queries>(
  parts: DatabaseParts<T, Q>,
): Database<T, Q> {
  const { transactions, queries, scheduler, random, queryRandom, trace, eyes, fate, commitMs } = parts;
  let changes: RowChange[] = [];
  /** Executed and not durable, in order. */
  let pending: Executed[] = [];
  let recording: Tx | null = null;
  /** Counts restores: what was under way before one is gone. */
  let starts = 0;
  const watched = (tx: Tx): Tx => (recording ??= recordChanges(tx, (change) => changes.push(change)));

  const wrapped = Object.fromEntries(
    Object.entries(transactions).map(([name, transaction]) => [
      name,
      (tx: Tx, input: unknown) => {
        changes = [];
        const result: unknown = transaction(watched(tx), input);
        const executed: Executed = { name, input, result, changes, durable: false };
        if (changes.length > 0) pending.push(executed);
        if (trace.on && changes.length > 0) trace.say('database', `${name}: ${describe(changes)}`);
        eyes.executed(executed, tx);
        return { result, executed };
      },
    ]),
  ) as unknown as Record<string, (tx: Tx, input: unknown) => { result: unknown; executed: Executed }>;
  const store = createMemoryStore<TransactionSet>({ ...wrapped, hand: (tx: Tx, act: (tx: Tx) => unknown) => act(tx) });

  /** What is durable, and nothing else: a query sees no commit that a crash could still undo. */
  const durable = createMemoryStore<TransactionSet, Q>(
    { put: (tx: Tx, changes: readonly RowChange[]) => redo(tx, changes) },
    queries,
  );

  function hand<T>(act: (tx: Tx) => T): T {
    let value: T | undefined;
    // The memory store runs it before `run` returns.
    void store.run('hand', (tx: Tx) => {
      value = act(tx);
    });
    return value as T;
  }

  function becomeDurable(executed: Executed): void {
    if (executed.durable) return;
    executed.durable = true;
    const at = pending.indexOf(executed);
    // Commits become durable in order.
    for (const earlier of pending.splice(0, at + 1)) noteDurable(earlier);
  }

  function noteDurable(executed: Executed): void {
    executed.durable = true;
    void durable.run('put', executed.changes);
    eyes.durable(executed);
  }

  function open(process: Process): Store<T, Q> {
    let lastStart = 0;
    let lastEnd = 0;
    /** What the commits do that end at `lastEnd`, in order; null once they have. */
    let group: (() => void)[] | null = null;
    let closed = false;
    const underWay = new Set<Promise<unknown>>();

    function run(name: string, input: unknown): Promise<unknown> {
      if (closed) return Promise.reject(new StoreRefusal('the store is closed: nothing was written.'));
      const running = carryOut(name, input);
      underWay.add(running);
      const over = () => underWay.delete(running);
      running.then(over, over);
      return running;
    }

    /** Commits that end at one instant are answered in one turn, as a real one answers those that shared an fsync. */
    function atEnd(end: number, finish: () => void): void {
      if (group !== null && end === lastEnd) {
        group.push(finish);
        return;
      }
      const begun = [finish];
      group = begun;
      lastEnd = end;
      scheduler.at(end, process, () => {
        if (group === begun) group = null;
        for (const each of begun) each();
      });
    }

    function carryOut(name: string, input: unknown): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const outcome = fate(name);
        lastStart = Math.max(lastStart, scheduler.now() + random.between(0, 1));
        if (outcome !== 'done' && trace.on) trace.say('database', `${name} will be ${outcome}`);
        scheduler.at(lastStart, process, () => {
          if (outcome === 'aborted') {
            return reject(new StoreError('aborted', 'the simulation aborted it'));
          }
          if (outcome === 'unknown, not done') return reject(new StoreError('unknown', 'the simulation says'));
          if (outcome === 'unknown, late') {
            const late = scheduler.now() + random.between(1, random.pick([300, 3_000]));
            // It is in the hands of the database and outlives the process that asked.
            const asked = starts;
            scheduler.at(late, null, () => {
              if (starts === asked) void execute(name, input).then(({ executed }) => becomeDurable(executed));
            });
            return reject(new StoreError('unknown', 'the simulation says'));
          }
          execute(name, input).then(
            ({ result, executed }) => {
              // What only reads waits for nothing but the commits before it, which it may have seen.
              const isWrite = executed.changes.length > 0;
              atEnd(isWrite ? Math.max(lastEnd, scheduler.now() + commitMs(random)) : lastEnd, () => {
                becomeDurable(executed);
                if (outcome !== 'done') return reject(new StoreError('unknown', 'the simulation says'));
                eyes.answered(executed);
                resolve(result);
              });
            },
            (error: unknown) => scheduler.at(scheduler.now(), process, () => reject(error as Error)),
          );
        });
      });
    }

    /** A query takes its snapshot when it is asked or a moment later, and its answer is a moment on its way. */
    function read(name: string, input: unknown): Promise<unknown> {
      if (closed) return Promise.reject(new StoreRefusal('the store is closed: nothing was read.'));
      const reading = new Promise<unknown>((resolve, reject) => {
        const outcome = fate(name);
        const moment = () => (queryRandom.chance(0.5) ? 0 : queryRandom.between(0, 3));
        const answer = (tell: () => void) => scheduler.at(scheduler.now() + moment(), process, tell);
        const take = () => {
          if (outcome !== 'done') {
            if (trace.on) trace.say('database', `${name} can't be read`);
            return answer(() => reject(new StoreError('aborted', "the simulation can't read")));
          }
          durable.read(name as never, input as never).then(
            (result) => answer(() => resolve(result)),
            (error: unknown) => answer(() => reject(error as Error)),
          );
        };
        const wait = moment();
        if (wait === 0) take();
        else scheduler.at(scheduler.now() + wait, process, take);
      });
      underWay.add(reading);
      const over = () => underWay.delete(reading);
      reading.then(over, over);
      return reading;
    }
    return {
      run: run as never,
      read: read as never,
      async close() {
        closed = true;
        await Promise.allSettled(underWay);
      },
    };
  }

  function execute(name: string, input: unknown): Promise<{ result: unknown; executed: Executed }> {
    return store.run(name, input as never) as unknown as Promise<{ result: unknown; executed: Executed }>;
  }

  return {
    open,
    peek: (look) => hand(look),
    alter(name, change) {
      hand((tx) => {
        changes = [];
        change(watched(tx));
        const executed: Executed = { name, input: null, result: null, changes, durable: false };
        if (trace.on) trace.say('database', `${name}: ${describe(changes)}`);
        pending.push(executed);
        eyes.executed(executed, tx);
        becomeDurable(executed);
      });
    },
    crash() {
      const kept = random.between(0, pending.length);
      const survivors = pending.slice(0, kept);
      const lost = pending.slice(kept);
      pending = [];
      for (const executed of survivors) noteDurable(executed);
      for (const executed of lost.reverse()) {
        hand((tx) => undo(tx, executed.changes));
        if (trace.on) trace.say('database', `lost in the crash: ${executed.name}`);
        eyes.undone(executed);
      }
    },
    backup() {
      for (const executed of pending.splice(0)) noteDurable(executed);
      return store.snapshot();
    },
    restore(backup) {
      pending = [];
      starts += 1;
      store.restore(backup);
      durable.restore(backup);
    },
    pending: () => pending,
  };
}

function recordChanges(tx: Tx, record: (change: RowChange) => void): Tx {
  const keyOf = (table: TableName, row: object) =>
    schema[table].key.map((column) => (row as Record<string, KeyValue>)[column] as KeyValue);
  return {
    get: (table, ...key) => tx.get(table, ...key),
    find: tx.find,
    put(table, row) {
      const before = tx.get(table, ...keyOf(table, row));
      tx.put(table, row);
      record({ table, before, after: row });
    },
    remove(table, ...key) {
      const before = tx.get(table, ...key);
      tx.remove(table, ...key);
      if (before !== undefined) record({ table, before, after: undefined });
    },
  };
}

function redo(tx: Tx, changes: readonly RowChange[]): void {
  for (const { table, before, after } of changes) {
    if (after !== undefined) tx.put(table, after as Rows[TableName]);
    else if (before !== undefined) {
      const row = before as Record<string, KeyValue>;
      tx.remove(table, ...schema[table].key.map((column) => row[column] as KeyValue));
    }
  }
}

function undo(tx: Tx, changes: readonly RowChange[]): void {
  for (const { table, before, after } of [...changes].reverse()) {
    if (before !== undefined) {
      tx.put(table, before as Rows[TableName]);
      continue;
    }
    const row = after as Record<string, KeyValue>;
    tx.remove(table, ...schema[table].key.map((column) => row[column] as KeyValue));
  }
}

function describe(changes: readonly RowChange[]): string {
  return changes
    .filter(({ table }) => table !== 'audit')
    .map(({ table, after }) => `${table} ${JSON.stringify(after)}`)
    .join('; ');
}

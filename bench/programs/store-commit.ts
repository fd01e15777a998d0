import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Operation } from '../../packages/server/src/domain/operation.ts';
import { openDatabase } from '../../packages/server/src/store/sqlite/database.ts';
import { openSqliteStore } from '../../packages/server/src/store/sqlite/sqlite-store.ts';
import { type Answer, createTransactor } from '../../packages/server/src/store/sqlite/transactor.ts';
import { GROUP_LIMIT } from '../../packages/server/src/store/sqlite/writer-thread.ts';
import { type BenchTransactions, transactions } from './store-commit-transactions.ts';

// Where the database should live: prints, for each way, durable transactions a second of one caller and of 64, and how
// late the event loop is meanwhile. Four statements a transaction. Run: npm run bench -- store-commit [rounds] [folder]

const ROUNDS = Number(process.argv[2] ?? 5);
const FOLDER = process.argv[3] ?? tmpdir();
const SECONDS = 1.5;
const CALLERS = 64;

interface Way {
  record(operation: Operation): Promise<unknown>;
  close(): Promise<void>;
}

const ways: Record<string, (file: string) => Promise<Way>> = {
  'main thread, one by one': async (file) => {
    const { db, close } = openDatabase(file);
    const runGroup = createTransactor(db, transactions);
    return {
      record: async (input) => resultOf(runGroup([{ name: 'record', input }])[0]),
      close: async () => close(),
    };
  },
  'main thread, grouped': async (file) => {
    const { db, close } = openDatabase(file);
    const runGroup = createTransactor(db, transactions);
    let waiting: { input: Operation; resolve(answer: Answer | undefined): void }[] = [];
    const commit = (): void => {
      const group = waiting.slice(0, GROUP_LIMIT);
      waiting = waiting.slice(GROUP_LIMIT);
      const answers = runGroup(group.map(({ input }) => ({ name: 'record', input })));
      for (const [i, { resolve }] of group.entries()) resolve(answers[i]);
      if (waiting.length > 0) void setImmediate().then(commit);
    };
    return {
      record: async (input) =>
        resultOf(
          await new Promise<Answer | undefined>((resolve) => {
            waiting.push({ input, resolve });
            if (waiting.length === 1) void setImmediate().then(commit);
          }),
        ),
      close: async () => close(),
    };
  },
  'worker, grouped': async (file) => {
    const store = await openSqliteStore<BenchTransactions>({
      file,
      transactions: new URL('./store-commit-transactions.ts', import.meta.url),
    });
    return { record: (operation) => store.run('record', operation), close: () => store.close() };
  },
};

const measured = new Map<string, { alone: number; together: number; lateness: number }[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, open] of Object.entries(ways)) {
    const folder = mkdtempSync(join(FOLDER, 'keyrack-bench-'));
    const way = await open(join(folder, 'keyrack.db'));
    const alone = await load(way, 1);
    const together = await load(way, CALLERS);
    await way.close();
    rmSync(folder, { recursive: true });
    measured.set(name, [
      ...(measured.get(name) ?? []),
      { alone: alone.rate, together: together.rate, lateness: together.lateness },
    ]);
  }
}
console.log(
  `medians of ${ROUNDS}; transactions a second; event loop's 99th percentile, of which 1.1 ms is the clock's own`,
);
const base = summary('main thread, one by one');
for (const name of Object.keys(ways)) {
  const { alone, together, lateness } = summary(name);
  console.log(
    `${name.padEnd(24)} alone ${alone.toFixed(0).padStart(6)} (×${(alone / base.alone).toFixed(2)})  ${CALLERS} callers ${together.toFixed(0).padStart(6)} (×${(together / base.together).toFixed(2)})  event loop p99 ${lateness.toFixed(1)} ms`,
  );
}

async function load(way: Way, callers: number): Promise<{ rate: number; lateness: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let count = 0;
  delay.enable();
  const start = performance.now();
  const end = start + SECONDS * 1000;
  const call = async (): Promise<void> => {
    while (performance.now() < end) {
      await way.record(newOperation());
      count++;
      // As in the server, the next call comes with another event.
      await setImmediate();
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  delay.disable();
  return { rate: count / ((performance.now() - start) / 1000), lateness: delay.percentile(99) / 1e6 };
}

function summary(name: string): { alone: number; together: number; lateness: number } {
  const rounds = measured.get(name) ?? [];
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number;
  return {
    alone: median(rounds.map(({ alone }) => alone)),
    together: median(rounds.map(({ together }) => together)),
    lateness: median(rounds.map(({ lateness }) => lateness)),
  };
}

function resultOf(answer: Answer | undefined): unknown {
  if (answer?.type !== 'committed') throw answer?.error;
  return answer.result;
}

/** A cancel at one of forty front desks. */
function newOperation(): Operation {
  const desk = Math.floor(Math.random() * 40);
  const now = Date.now();
  return {
    propertyId: `0198f000-0000-7000-8000-0000000000${desk + 10}`,
    id: `${now.toString(16).padStart(12, '0')}-${randomUUID().slice(14)}`,
    kind: 'cancel',
    place: 0,
    accountSid: 'AC0123456789abcdef0123456789abcd',
    memberId: randomUUID(),
    cardType: 4,
    encoder: 'AABBCCDDEEFF',
    agentId: `0198f000-0000-7000-8000-0000000000${desk + 10}`,
    serial: '04A2B3C4D5E680',
    recordId: randomUUID(),
    request: randomUUID(),
    acceptedAt: now,
    deadline: now + 30_000,
    held: false,
    caller: 'waiting',
    callerAt: now,
    reading: null,
    state: 'accepted',
    grant: null,
    cause: null,
    settledAt: null,
  } as unknown as Operation;
}

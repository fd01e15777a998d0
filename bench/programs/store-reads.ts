// In which thread should a query run? `node bench/programs/store-reads.ts` prints, for a query of six gets and an empty
// find, what one costs this thread and all threads, and what its caller waits, alone and beside 64 callers who write.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSqliteStore } from '../../packages/server/src/store/sqlite/sqlite-store.ts';
import type {
  ContractQueries,
  ContractTransactions,
  ReadStep,
} from '../../packages/server/src/store/testing/contract-transactions.ts';
import { member } from '../../packages/server/src/store/testing/rows.ts';

const SECONDS = 3;
const contract = new URL('../../packages/server/src/store/testing/contract-transactions.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'keyrack-bench-'));
const store = await openSqliteStore<ContractTransactions, ContractQueries>({
  file: join(folder, 'keyrack.db'),
  transactions: contract,
  queries: contract,
});
for (let i = 0; i < 100; i += 1) {
  const rows = Array.from({ length: 100 }, (_, k) => member({ id: `${i * 100 + k}`, email: `${i} ${k}@example.com` }));
  await store.run(
    'script',
    rows.map((row) => ({ do: 'put', table: 'members', row }) as const),
  );
}
let next = 0;
const steps = (): ReadStep[] => [
  ...Array.from({ length: 6 }, (): ReadStep => {
    next = (next + 7919) % 10_000;
    return { do: 'get', table: 'members', key: ['p', `${next}`] };
  }),
  { do: 'find', table: 'operations', index: 'key', prefix: ['p'], options: { limit: 1 } },
];

async function measure(what: string, callers: number, read: () => Promise<unknown>, writers: number): Promise<void> {
  let over = false;
  let written = 0;
  const writing = Array.from({ length: writers }, async (_, i) => {
    for (; !over; written += 1) await store.run('count', `writer ${i}`);
  });
  const waits: number[] = [];
  const cpu = process.cpuUsage();
  const thread = process.threadCpuUsage();
  const begun = performance.now();
  const reading = Array.from({ length: callers }, async () => {
    while (performance.now() - begun < SECONDS * 1_000) {
      const at = performance.now();
      await read();
      waits.push(performance.now() - at);
      // As a request would: others of this thread get their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  await Promise.all(reading);
  const { user, system } = process.cpuUsage(cpu);
  const own = process.threadCpuUsage(thread);
  over = true;
  await Promise.all(writing);
  waits.sort((a, b) => a - b);
  const at = (part: number) => `${((waits[Math.floor(waits.length * part)] ?? 0) * 1_000).toFixed(0)} µs`;
  const each = (us: number) => `${(us / waits.length).toFixed(1)} µs`;
  console.log(
    `${what.padEnd(34)} ${String(callers).padStart(3)} readers ${String(writers).padStart(3)} writers: ${(waits.length / SECONDS).toFixed(0).padStart(6)}/s, wait p50 ${at(0.5)} p99 ${at(0.99)}, CPU a query: this thread ${each(own.user + own.system)}, all ${each(user + system)}, ${(written / SECONDS).toFixed(0)} writes/s`,
  );
}

for (const writers of [0, 64]) {
  for (const callers of [1, 16]) {
    await measure('this thread', callers, () => store.read('look', steps()), writers);
    await measure('a thread of its own', callers, () => store.read('list', steps()), writers);
    await measure("the writer's thread", callers, () => store.run('script', steps()), writers);
  }
}
await store.close();
rmSync(folder, { recursive: true });

import { queries } from '@keyrack/server/queries/index.ts';
import { createGroupStore } from '@keyrack/server/store/groups/group-store.ts';
import { createMemoryEngine } from '@keyrack/server/store/groups/testing/memory-engine.ts';
import { transactions } from '@keyrack/server/transactions/index.ts';
import { expect, it } from 'vitest';
import { roadInProcess } from './road-in-process.ts';

/** What agents and callers wait for. A start, and what comes once a day, may take rounds. */
const RARE = new Set([
  ...['putRows', 'useOwnerKey', 'callersGone', 'copiesInterrupted', 'allAgentsAway'],
  ...['nextToBegin', 'activeWebhooks', 'openWaitsPage', 'runningCopySetsPage', 'expireDue'],
]);

it('what callers and agents wait for fetches all of its rows in one round', async () => {
  const missed = new Set<string>();
  const store = createGroupStore(createMemoryEngine(), transactions, queries, {
    missed(name, asked) {
      for (const each of asked)
        if (!RARE.has(name)) missed.add(`${name}: ${each.kind === 'row' ? each.table : each.find.index}`);
    },
  });
  const plan = { desks: 12, desksPerProperty: 3, encodersPerDesk: 1, cardsPerEncoder: 2, roomsPerDesk: 5 };
  const work = await roadInProcess(store, plan);
  const before = store.counts();
  await work(20);
  const after = store.counts();
  // Beside each other: calls of one group see what those before them wrote.
  expect([...missed]).toEqual([]);
  expect((after.rounds - before.rounds) / (after.groups - before.groups)).toBeLessThanOrEqual(1.1);
  expect((after.misses - before.misses) / (after.calls - before.calls)).toBeLessThanOrEqual(0.02);
});

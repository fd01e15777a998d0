import { describe, expect, it } from 'vitest';
import { queries, transactions } from '../testing/contract-transactions.ts';
import { describeStoreContract } from '../testing/store-contract.ts';
import { createMemoryStore } from './memory-store.ts';

describeStoreContract('memory', async () => createMemoryStore(transactions, queries), 1_000);

describe('memory store', () => {
  it('goes back to a snapshot, as often as one likes', async () => {
    const store = createMemoryStore(transactions);
    const empty = store.snapshot();
    await store.run('count', 'a');
    const once = store.snapshot();
    for (let i = 0; i < 3; i++) {
      store.restore(once);
      expect(await store.run('count', 'a')).toBe(2);
      store.restore(empty);
      expect(await store.run('count', 'a')).toBe(1);
    }
  });

  it('gives a snapshot to another store, and neither hears of the other again', async () => {
    const first = createMemoryStore(transactions);
    await first.run('count', 'a');
    const second = createMemoryStore(transactions);
    second.restore(first.snapshot());
    expect(await second.run('count', 'a')).toBe(2);
    expect(await second.run('count', 'a')).toBe(3);
    expect(await first.run('count', 'a')).toBe(2);
  });

  it('has run the transaction when the call returns, and answers within the same turn', async () => {
    const store = createMemoryStore(transactions);
    let heard = 0;
    void store.run('count', 'a').then(() => heard++);
    await Promise.resolve();
    expect(heard).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import type { Tx } from '../store.ts';
import { queries, type ReadStep, type Step, transactions } from '../testing/contract-transactions.ts';
import { operation } from '../testing/rows.ts';
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

  it('throws where an index that the schema calls bounded has more rows than that', async () => {
    const store = createMemoryStore(transactions, queries);
    const { per, rows } = schema.operations.indexes.openByEncoder.bounded;
    expect(per).toEqual(['propertyId', 'encoder']);
    const put = (n: number): Step => ({ do: 'put', table: 'operations', row: operation({ id: `${n}`, place: n }) });
    await store.run(
      'script',
      Array.from({ length: rows }, (_, n) => put(n)),
    );
    const prefix = ['p', 'AABBCCDDEEFF'];
    const find: ReadStep = { do: 'find', table: 'operations', index: 'openByEncoder', prefix };
    expect((await store.read('look', [find]))[0]).toHaveLength(rows);
    await store.run('script', [put(rows)]);
    await expect(store.read('look', [find])).rejects.toThrow(`bounded by ${rows} rows, and has ${rows + 1}`);
    expect((await store.read('look', [{ ...find, options: { limit: 99 } }]))[0]).toHaveLength(rows + 1);
  });

  it('throws where a transaction changes a row that it was given, which other transactions share', async () => {
    const store = createMemoryStore({
      change(tx: Tx) {
        tx.put('facts', { name: 'a', value: '1' });
        const row = tx.get('facts', 'a') as { value: string };
        row.value = '2';
      },
    });
    await expect(store.run('change', undefined)).rejects.toThrow('read only');
  });

  it('has run the transaction when the call returns, and answers within the same turn', async () => {
    const store = createMemoryStore(transactions);
    let heard = 0;
    void store.run('count', 'a').then(() => heard++);
    await Promise.resolve();
    expect(heard).toBe(1);
  });
});

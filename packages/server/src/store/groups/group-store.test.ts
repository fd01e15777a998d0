import { describe, expect, it } from 'vitest';
import type { Tx } from '../store.ts';
import { queries, transactions } from '../testing/contract-transactions.ts';
import { describeHints } from '../testing/hint-contract.ts';
import { member } from '../testing/rows.ts';
import { describeStoreContract } from '../testing/store-contract.ts';
import { createGroupStore } from './group-store.ts';
import { createMemoryEngine } from './testing/memory-engine.ts';

describeStoreContract('groups', async () => createGroupStore(createMemoryEngine(), transactions, queries), 1_000);
describeHints(async (transactions, queries) => createGroupStore(createMemoryEngine(), transactions, queries));

describe('a group', () => {
  it('asks for what all of its calls want at once', async () => {
    const engine = createMemoryEngine();
    const store = createGroupStore(engine, {
      add(tx: Tx, { propertyId, id }: { readonly propertyId: string; readonly id: string }): boolean {
        const isNew = tx.get('members', propertyId, id) === undefined;
        tx.put('members', member({ propertyId, id, email: `${id}@inn.example` }));
        return isNew;
      },
    });
    const added = Array.from({ length: 50 }, (_, at) => store.run('add', { propertyId: `p${at % 3}`, id: `m${at}` }));
    expect(await Promise.all(added)).toEqual(Array.from({ length: 50 }, () => true));
    // It begins, reads all members, and reads who has their e-mails.
    expect(engine.rounds()).toBe(3);
  });

  it('runs a call again that hid that a row was missing', async () => {
    const store = createGroupStore(createMemoryEngine(), {
      hide(tx: Tx): string {
        try {
          return tx.get('facts', 'one')?.value ?? 'nothing';
        } catch {
          return 'hidden';
        }
      },
    });
    expect(await store.run('hide', undefined)).toBe('nothing');
  });

  it('hands a unique value from one row to another', async () => {
    const store = createGroupStore(createMemoryEngine(), transactions);
    const put = (id: string, email: string | null) =>
      store.run('script', [{ do: 'put', table: 'members', row: member({ id, email }) }]);
    await put('1', 'a');
    await Promise.all([put('1', null), put('2', 'a')]);
    await expect(put('1', 'a')).rejects.toMatchObject({ name: 'UniqueViolation' });
  });
});

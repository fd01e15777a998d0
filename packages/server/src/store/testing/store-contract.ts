import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableName } from '../row-types.ts';
import { type FindOptions, type Store, StoreRefusal } from '../store.ts';
import type { ContractQueries, ContractTransactions, ReadStep, Step } from './contract-transactions.ts';
import { compareWithModel } from './model-histories.ts';
import { auditRecord, member, operation, property } from './rows.ts';

type ContractStore = Store<ContractTransactions, ContractQueries>;

/**
 * What every engine must do, whatever it is made of. `open` gives an empty store over the transactions of
 * `contract-transactions.ts`; the suite closes it. `modelRuns` says how many random histories are compared
 * with the model, each in a store of its own.
 */
export function describeStoreContract(engine: string, open: () => Promise<ContractStore>, modelRuns: number): void {
  describe(`${engine}: what every store does`, () => {
    let store: ContractStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const run = (...steps: Step[]) => store.run('script', steps);
    const membersBy = async (prefix: (string | null)[], options: FindOptions<TableName> = {}) => {
      const [found] = await run({ do: 'find', table: 'members', index: 'byEmail', prefix, options });
      return (found as { id: string }[]).map(({ id }) => id);
    };
    const putMembers = (...changes: Parameters<typeof member>[0][]) =>
      run(...changes.map((change): Step => ({ do: 'put', table: 'members', row: member(change) })));

    it('gives back the row that was put, with booleans, nulls and structures', async () => {
      await run({ do: 'put', table: 'members', row: member() }, { do: 'put', table: 'properties', row: property() });
      expect(await run({ do: 'get', table: 'members', key: ['p', 'm1'] })).toEqual([member()]);
      expect(await run({ do: 'get', table: 'properties', key: ['p'] })).toEqual([property()]);
      expect(await run({ do: 'get', table: 'members', key: ['p', 'nobody'] })).toEqual([null]);
    });

    it('replaces the row with the same key, and removes it', async () => {
      await putMembers({ name: 'Ada', active: true }, { name: 'Grace', active: false });
      const get: Step = { do: 'get', table: 'members', key: ['p', 'm1'] };
      expect(await run(get)).toEqual([member({ name: 'Grace', active: false })]);
      expect(await run({ do: 'remove', table: 'members', key: ['p', 'm1'] }, get)).toEqual([null, null]);
      expect(await run({ do: 'remove', table: 'members', key: ['p', 'm1'] })).toEqual([null]);
    });

    it('sees its own writes within a transaction', async () => {
      const get: Step = { do: 'get', table: 'members', key: ['p', 'm1'] };
      const find: Step = { do: 'find', table: 'members', index: 'byEmail', prefix: ['p', 'a'] };
      const row = member({ email: 'a' });
      const results = await run(
        get,
        { do: 'put', table: 'members', row },
        get,
        find,
        { do: 'remove', table: 'members', key: ['p', 'm1'] },
        find,
      );
      expect(results).toEqual([null, null, row, [row], null, []]);
    });

    it('finds in order of the index, null first, and against it', async () => {
      await putMembers(
        { id: '1', email: 'b' },
        { id: '2', email: null },
        { id: '3', email: 'a' },
        { id: '4', email: null },
      );
      expect(await membersBy(['p'])).toEqual(['2', '4', '3', '1']);
      expect(await membersBy(['p'], { reverse: true })).toEqual(['1', '3', '4', '2']);
    });

    it('finds by a prefix, and by null in it', async () => {
      await putMembers({ id: '1', email: 'b' }, { id: '2', email: null }, { id: '3', propertyId: 'q' });
      expect(await membersBy(['p'])).toEqual(['2', '1']);
      expect(await membersBy(['p', null])).toEqual(['2']);
      expect(await membersBy(['p', 'b'])).toEqual(['1']);
      expect(await membersBy([])).toEqual(['2', '1', '3']);
    });

    it('gives no more rows than the limit, from either end', async () => {
      await run(...[1, 2, 10].map((number): Step => ({ do: 'put', table: 'audit', row: auditRecord({ number }) })));
      const last = async (options: { reverse?: boolean; limit: number }) => {
        const [found] = await run({ do: 'find', table: 'audit', index: 'key', prefix: ['p'], options });
        return (found as { number: number }[]).map(({ number }) => number);
      };
      expect(await last({ reverse: true, limit: 1 })).toEqual([10]);
      expect(await last({ limit: 2 })).toEqual([1, 2]);
      expect(await last({ limit: 0 })).toEqual([]);
    });

    it('orders rows that are equal in the index by their key', async () => {
      const ids = ['3', '1', '2'];
      await run(
        ...ids.map((id): Step => ({ do: 'put', table: 'operations', row: operation({ id, place: Number(id) }) })),
      );
      const find: Step = { do: 'find', table: 'operations', index: 'acceptedDue', prefix: [] };
      const [upwards, downwards] = await run(find, { ...find, options: { reverse: true, limit: 2 } });
      expect((upwards as { id: string }[]).map(({ id }) => id)).toEqual(['1', '2', '3']);
      expect((downwards as { id: string }[]).map(({ id }) => id)).toEqual(['3', '2']);
    });

    it('has in a partial index the rows that its condition names, and no others, as they change', async () => {
      const open: Step = { do: 'find', table: 'operations', index: 'openByEncoder', prefix: ['p', 'AABBCCDDEEFF'] };
      const notHeard: Step = { do: 'find', table: 'operations', index: 'notHeard', prefix: ['p'] };
      const put = (id: string, change: Parameters<typeof operation>[0]): Step => ({
        do: 'put',
        table: 'operations',
        row: operation({ id, place: Number(id), ...change }),
      });
      const idsOf = (found: unknown) => (found as { id: string }[]).map(({ id }) => id);
      const found = async () => (await run(open, notHeard)).map(idsOf);
      await run(put('1', {}), put('2', { state: 'granted' }), put('3', { state: 'succeeded' }));
      expect(await found()).toEqual([
        ['1', '2'],
        ['1', '2'],
      ]);
      await run(put('1', { caller: 'left' }), put('2', { state: 'rejected' }), put('3', { state: 'accepted' }));
      expect(await found()).toEqual([
        ['1', '3'],
        ['2', '3'],
      ]);
      await run({ do: 'remove', table: 'operations', key: ['p', '3'] });
      expect(await found()).toEqual([['1'], ['2']]);
    });

    it('orders texts by their bytes in UTF-8', async () => {
      const emails = ['', 'Z', 'a', 'é', '\uff5e', '\u{1f600}'];
      await putMembers(...emails.toReversed().map((email) => ({ id: email, email })));
      expect(await membersBy(['p'])).toEqual(emails);
    });

    it('refuses a second row in a unique index, and the transaction may go on', async () => {
      await putMembers({ id: '1', email: 'a' });
      const second: Step = { do: 'try-put', table: 'members', row: member({ id: '2', email: 'a' }) };
      expect(await run(second, { do: 'get', table: 'members', key: ['p', '2'] })).toEqual(['UniqueViolation', null]);
      await expect(putMembers({ id: '2', email: 'a' })).rejects.toMatchObject({
        name: 'UniqueViolation',
        message: 'members: another row has the same byEmail already',
      });
      await putMembers({ id: '2', propertyId: 'q', email: 'a' }, { id: '1', email: 'a', name: 'same row' });
    });

    it('finds a half-open range of the next column, from either end, and null in none', async () => {
      await run(...[1, 2, 5, 9].map((number): Step => ({ do: 'put', table: 'audit', row: auditRecord({ number }) })));
      const numbers = async (options: FindOptions<TableName>) => {
        const [found] = await run({ do: 'find', table: 'audit', index: 'key', prefix: ['p'], options });
        return (found as { number: number }[]).map(({ number }) => number);
      };
      expect(await numbers({ from: 2, before: 9 })).toEqual([2, 5]);
      expect(await numbers({ from: 3, reverse: true })).toEqual([9, 5]);
      expect(await numbers({ before: 5, limit: 1, reverse: true })).toEqual([2]);
      expect(await numbers({ from: 5, before: 5 })).toEqual([]);
      await putMembers({ id: '1', email: 'b' }, { id: '2', email: null });
      expect(await membersBy(['p'], { before: 'z' })).toEqual(['1']);
      await expect(numbers({ from: null } as never)).rejects.toThrow('null is in no range');
      await expect(membersBy(['p', 'b'], { from: 'a' })).rejects.toThrow('no column behind this prefix');
    });

    it.each([false, true])(
      'turns pages without a gap or a row twice, null and equal rows too (reverse: %s)',
      async (reverse) => {
        const emails = [null, null, null, 'a', 'b', 'c', 'd', 'e'];
        await putMembers(...emails.map((email, i) => ({ id: `${i}`, email })));
        const all = await membersBy(['p'], { reverse });
        const turned: string[] = [];
        for (let after: object | undefined; ; ) {
          const page = await run({
            do: 'find',
            table: 'members',
            index: 'byEmail',
            prefix: ['p'],
            options: { reverse, limit: 2, ...(after && { after }) },
          });
          const rows = page[0] as ReturnType<typeof member>[];
          if (rows.length === 0) break;
          turned.push(...rows.map(({ id }) => id));
          after = rows.at(-1);
          // The row that a page ended with may go, or change, before the next one is asked for.
          await run({ do: 'remove', table: 'members', key: ['p', rows.at(-1)?.id ?? ''] });
        }
        expect(turned).toEqual(all);
      },
    );

    it('refuses the position of a page that lacks a column of the order', async () => {
      const options = { after: { id: '1' }, limit: 1 };
      await expect(membersBy(['p'], options)).rejects.toThrow('begins behind no email');
      await expect(membersBy([], { limit: -1 })).rejects.toThrow('give a whole number');
    });

    it('refuses a row that lacks a column, has one too many, or a value of another kind', async () => {
      const { email, ...lacking } = member();
      const refused = [
        lacking,
        { ...member(), nickname: email },
        { ...member(), version: '1' },
        { ...member(), name: null },
        { ...member(), name: '\ud800' },
      ];
      for (const row of refused)
        await expect(run({ do: 'put', table: 'members', row })).rejects.toMatchObject({ name: 'TypeError' });
      expect(await membersBy([])).toEqual([]);
    });

    it('refuses a key or a prefix that does not fit', async () => {
      await expect(run({ do: 'get', table: 'members', key: ['p'] })).rejects.toThrow(
        'the key of members has 2 columns, not 1',
      );
      await expect(membersBy(['p', 'a', 'x'])).rejects.toThrow('index byEmail of members has 2 columns, not 3');
      await expect(run({ do: 'find', table: 'members', index: 'byHat', prefix: [] })).rejects.toThrow(
        'members has no index byHat',
      );
    });

    it('leaves nothing of a transaction that throws', async () => {
      await putMembers({ id: '1', email: 'a' });
      const failing = run(
        { do: 'put', table: 'members', row: member({ id: '1', email: 'b' }) },
        { do: 'put', table: 'members', row: member({ id: '2' }) },
        { do: 'remove', table: 'members', key: ['p', '1'] },
        { do: 'throw', message: 'a bug' },
      );
      await expect(failing).rejects.toMatchObject({ name: 'RangeError', message: 'a bug' });
      expect(await run({ do: 'find', table: 'members', index: 'byEmail', prefix: ['p'] })).toEqual([
        [member({ id: '1', email: 'a' })],
      ]);
    });

    it('runs transactions that are called together one after the other', async () => {
      const counts = await Promise.all(Array.from({ length: 200 }, () => store.run('count', 'turns')));
      expect(counts).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    });

    it('lets the others of a group live when one throws', async () => {
      const outcomes = await Promise.allSettled([
        store.run('count', 'turns'),
        run({ do: 'put', table: 'facts', row: { name: 'turns', value: '100' } }, { do: 'throw', message: 'a bug' }),
        store.run('count', 'turns'),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(outcomes[2]).toMatchObject({ value: 2 });
    });

    it('refuses an unknown transaction, and anything after it is closed', async () => {
      await expect(store.run('nothing' as 'count', 'x')).rejects.toThrow('there is no transaction nothing');
      await expect(store.run('toString' as 'count', 'x')).rejects.toThrow('there is no transaction toString');
      await store.close();
      await expect(store.run('count', 'turns')).rejects.toMatchObject({ outcome: 'aborted' });
      await expect(store.run('count', 'turns')).rejects.toBeInstanceOf(StoreRefusal);
    });

    describe.each(['look', 'list'] as const)('read by %s', (name) => {
      const look = (...steps: ReadStep[]) => store.read(name, steps);
      const fact: ReadStep = { do: 'get', table: 'facts', key: ['turns'] };

      it('sees every write that was answered before it was asked', async () => {
        for (let turn = 1; turn <= 50; turn += 1) {
          await store.run('count', 'turns');
          expect(await look(fact)).toEqual([{ name: 'turns', value: String(turn) }]);
        }
      });

      it('sees all of a transaction or nothing, and no transaction between its own reads', async () => {
        const other: ReadStep = { do: 'get', table: 'facts', key: ['twins'] };
        let done = false;
        const counting = (async () => {
          for (let turn = 0; turn < 100; turn += 1) await store.run('countBoth', ['turns', 'twins']);
          done = true;
        })();
        while (!done) {
          const [turns, twins] = (await look(fact, other)) as ({ value: string } | null)[];
          expect(twins?.value).toBe(turns?.value);
          await new Promise((resolve) => setImmediate(resolve));
        }
        await counting;
      });

      it('finds as a transaction does', async () => {
        await putMembers({ id: '1', email: 'b' }, { id: '2', email: null }, { id: '3', email: 'a' });
        const find: ReadStep = { do: 'find', table: 'members', index: 'byEmail', prefix: ['p'], options: { limit: 2 } };
        expect(await look(find)).toEqual(await run(find));
      });

      it('rejects with what the query throws, and the next one is answered', async () => {
        const throwing = name === 'look' ? 'throwing' : 'throwingList';
        await expect(store.read(throwing, 'a bug')).rejects.toMatchObject({ name: 'RangeError', message: 'a bug' });
        expect(await look(fact)).toEqual([null]);
      });

      it('writes nothing, whatever the query tries', async () => {
        const putting = name === 'look' ? 'putting' : 'puttingList';
        await expect(store.read(putting, undefined)).rejects.toMatchObject({ name: 'TypeError' });
        expect(await look({ do: 'get', table: 'facts', key: ['written'] })).toEqual([null]);
      });

      it('refuses an unknown query, and anything after it is closed', async () => {
        await expect(store.read('nothing' as 'look', [])).rejects.toThrow('there is no query nothing');
        await expect(store.read('toString' as 'look', [])).rejects.toThrow('there is no query toString');
        const last = look(fact);
        await store.close();
        expect(await last).toEqual([null]);
        await expect(look(fact)).rejects.toBeInstanceOf(StoreRefusal);
      });
    });

    it('does what the model does, whatever is asked of it', () =>
      compareWithModel(async () => {
        const fresh = await open();
        return {
          run: (steps) => fresh.run('script', steps),
          close: () => fresh.close(),
        };
      }, modelRuns));
  });
}

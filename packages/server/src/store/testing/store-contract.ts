import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Store, StoreRefusal } from '../store.ts';
import type { ContractTransactions, Step } from './contract-transactions.ts';
import { StoreModel } from './model.ts';
import { auditRecord, member, operation, property } from './rows.ts';

type ContractStore = Store<ContractTransactions>;

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
    const membersBy = async (prefix: (string | null)[], options: { reverse?: boolean; limit?: number } = {}) => {
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
      await run(...ids.map((id): Step => ({ do: 'put', table: 'operations', row: operation({ id }) })));
      const find: Step = { do: 'find', table: 'operations', index: 'due', prefix: ['accepted'] };
      const [upwards, downwards] = await run(find, { ...find, options: { reverse: true, limit: 2 } });
      expect(upwards).toEqual(['1', '2', '3'].map((id) => operation({ id })));
      expect(downwards).toEqual(['3', '2'].map((id) => operation({ id })));
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

    it('does what the model does, whatever is asked of it', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(anyStep, { maxLength: 8 }), { maxLength: 12 }), async (scripts) => {
          const fresh = await open();
          try {
            const model = new StoreModel();
            for (const steps of scripts) {
              const expected = model.run(steps);
              const results = await fresh.run('script', steps).catch(() => 'thrown');
              expect(results).toEqual(expected.thrown ? 'thrown' : expected.results);
            }
          } finally {
            await fresh.close();
          }
        }),
        { numRuns: modelRuns },
      );
    });
  });
}

/** Few values, so that steps meet each other's rows. */
const propertyIds = fc.constantFrom('p', 'q');
const ids = fc.constantFrom('1', '2', '10', 'é', '\uff5e', '\u{1f600}');
const emails = fc.constantFrom(null, 'a', 'b');
const numbers = fc.integer({ min: -2, max: 11 });
const options = fc.record({ reverse: fc.boolean(), limit: fc.integer({ min: 0, max: 4 }) }, { requiredKeys: [] });
const members = fc
  .record({ propertyId: propertyIds, id: ids, email: emails, mobile: emails, areaCode: emails })
  .map(member);
const auditRecords = fc.record({ propertyId: propertyIds, number: numbers, operationId: emails }).map(auditRecord);
const prefixes = (index: string, ...values: fc.Arbitrary<string | number | null>[]) =>
  fc
    .tuple(fc.tuple(...values), fc.nat(values.length))
    .map(([prefix, length]) => ({ index, prefix: prefix.slice(0, length) }));

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('put', 'try-put'), table: fc.constant('members'), row: members }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put'), table: fc.constant('audit'), row: auditRecords }) },
  fc.record({ do: fc.constantFrom('get', 'remove'), table: fc.constant('members'), key: fc.tuple(propertyIds, ids) }),
  fc.record({ do: fc.constantFrom('get', 'remove'), table: fc.constant('audit'), key: fc.tuple(propertyIds, numbers) }),
  fc
    .tuple(
      fc.oneof(
        prefixes('key', propertyIds, ids),
        prefixes('byEmail', propertyIds, emails),
        prefixes('byMobile', propertyIds, emails, emails),
      ),
      options,
    )
    .map(([where, how]) => ({ do: 'find', table: 'members', ...where, options: how })),
  fc
    .tuple(
      fc.oneof(prefixes('key', propertyIds, numbers), prefixes('byOperation', propertyIds, emails, numbers)),
      options,
    )
    .map(([where, how]) => ({ do: 'find', table: 'audit', ...where, options: how })),
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'throw', message: 'a bug' }) },
) as fc.Arbitrary<Step>;

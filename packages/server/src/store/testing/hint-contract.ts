import { beforeAll, describe, expect, it } from 'vitest';
import type { GroupStore } from '../groups/group-store.ts';
import type { Hint, HintedRow, HintedValue } from '../hints.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue, Queries, ReadTx, TransactionSet, Tx } from '../store.ts';
import { auditRecord, member, property } from './rows.ts';

/** A value, or the column of what an earlier step found. */
type Value =
  | KeyValue
  | { readonly of: number; readonly column: string; readonly otherwise?: KeyValue; readonly plus?: number };

type Step =
  | { readonly get: TableName; readonly key: readonly Value[] }
  | {
      readonly find: TableName;
      readonly index: string;
      readonly prefix: readonly Value[];
      readonly reverse?: boolean;
      readonly limit: number;
      readonly from?: Value;
      readonly before?: Value;
    };

type Row = Readonly<Record<string, KeyValue>>;

/** Follows the steps: null for a step that names nothing, since a row isn't there that it depends on. */
function follow(tx: ReadTx, { steps }: { readonly steps: readonly Step[] }): unknown[] {
  const found: (readonly Row[])[] = [];
  const valueFor = (value: Value): KeyValue => {
    if (value === null || typeof value !== 'object') return value;
    const there = found[value.of]?.[0]?.[value.column] ?? value.otherwise ?? null;
    return there === null || value.plus === undefined ? there : Number(there) + value.plus;
  };
  for (const step of steps) {
    const values = ('get' in step ? step.key : step.prefix).map(valueFor);
    const { from, before, ...others } = 'get' in step ? ({} as { from?: Value; before?: Value }) : step;
    const bounds = {
      ...(from !== undefined && { from: valueFor(from) }),
      ...(before !== undefined && { before: valueFor(before) }),
    };
    if ([...values, ...Object.values(bounds)].includes(null)) found.push([]);
    else if ('get' in step) found.push([tx.get(step.get, ...values)].filter((row) => row !== undefined) as never);
    else {
      const { reverse = false, limit } = others as typeof step;
      found.push(tx.find(step.find, step.index as never, values, { ...bounds, reverse, limit } as never) as never);
    }
  }
  return found;
}

follow.hints = (hint: Hint, { steps }: { readonly steps: readonly Step[] }) => {
  const rows: HintedRow<TableName>[] = [];
  const valueFor = (value: Value): HintedValue =>
    value === null || typeof value !== 'object'
      ? value
      : (rows[value.of] as HintedRow<TableName>).of(value.column as never, value);
  for (const step of steps) {
    if ('get' in step) rows.push(hint.get(step.get, ...step.key.map(valueFor)));
    else {
      const { find, index, prefix, reverse = false, limit, from, before } = step;
      const bounds = {
        ...(from !== undefined && { from: valueFor(from) }),
        ...(before !== undefined && { before: valueFor(before) }),
      };
      rows.push(hint.find(find, index as never, prefix.map(valueFor), { ...bounds, reverse, limit }));
    }
  }
};

const transactions = {
  fill(tx: Tx): void {
    for (const id of ['p', 'q']) tx.put('properties', property({ id, number: `number of ${id}` }));
    for (const [name, value] of [
      ['who', 'm2'],
      ['after who', '3'],
      ['loop', 'loop'],
    ] as const)
      tx.put('facts', { name, value });
    for (const propertyId of ['p', 'q'])
      for (const id of ['m1', 'm2', 'm3', 'm4'])
        tx.put(
          'members',
          member({ propertyId, id, email: `${id}@${propertyId}`, name: id === 'm4' ? 'm1' : 'nobody' }),
        );
    for (let number = 1; number <= 9; number++)
      tx.put('audit', auditRecord({ number, actor: `m${number}`, operationId: number % 2 === 0 ? 'o' : null }));
  },
  follow,
  /** Its hints tell nothing right. */
  misled: Object.assign((tx: Tx, input: { readonly name: string }) => tx.get('facts', input.name)?.value ?? null, {
    hints: (hint: Hint) => {
      hint.get('facts', 'loop');
      hint.get('members', 'q', hint.get('facts', 'nothing').of('value'));
      throw new Error('a hint fails');
    },
  }),
} satisfies TransactionSet;
const queries = { quick: { look: follow }, lists: {} } satisfies Queries;

/** Ways that hot functions go, and others. */
const PROGRAMS: readonly (readonly Step[])[] = [
  [
    { get: 'facts', key: ['who'] },
    { get: 'members', key: ['p', { of: 0, column: 'value' }] },
  ],
  [
    { get: 'facts', key: ['nothing'] },
    { get: 'members', key: ['p', { of: 0, column: 'value' }] },
  ],
  [
    { get: 'members', key: ['p', 'm4'] },
    { get: 'members', key: ['p', { of: 0, column: 'name' }] },
    { find: 'members', index: 'byEmail', prefix: ['p', { of: 1, column: 'email' }], limit: 1 },
    { get: 'members', key: ['p', { of: 2, column: 'name' }] },
  ],
  [
    { find: 'audit', index: 'key', prefix: ['p'], reverse: true, limit: 1 },
    { get: 'audit', key: ['p', { of: 0, column: 'number', plus: -3 }] },
    { get: 'audit', key: ['p', { of: 0, column: 'number', plus: 1 }] },
    { find: 'audit', index: 'key', prefix: ['p'], from: { of: 1, column: 'number', plus: -1 }, limit: 2 },
    { find: 'audit', index: 'key', prefix: ['p'], from: 2, before: { of: 1, column: 'number' }, limit: 90 },
    { find: 'audit', index: 'key', prefix: ['p'], before: { of: 0, column: 'number' }, reverse: true, limit: 3 },
  ],
  [
    { find: 'audit', index: 'key', prefix: ['q'], reverse: true, limit: 1 },
    { find: 'audit', index: 'key', prefix: ['p'], from: { of: 0, column: 'number', otherwise: 4, plus: 2 }, limit: 2 },
    { find: 'audit', index: 'key', prefix: ['p'], from: { of: 0, column: 'number' }, limit: 2 },
  ],
  [{ find: 'members', index: 'byEmail', prefix: ['p', 'm3@p'], limit: 1 }],
];

/** What functions with hints do on a database of groups. */
export function describeHints(
  open: (transactions: TransactionSet, queries: Queries) => Promise<GroupStore<TransactionSet, Queries>>,
): void {
  describe('hints', () => {
    let store: GroupStore<TransactionSet, Queries>;
    beforeAll(async () => {
      store = await open(transactions, queries);
      await store.run('fill', undefined);
    });
    const roundsOf = async <Result>(
      work: Promise<Result>,
    ): Promise<{ readonly result: Result; readonly rounds: number }> => {
      const before = store.counts();
      const result = await work;
      const after = store.counts();
      expect(after.groups - before.groups).toBe(1);
      return { result, rounds: after.rounds - before.rounds };
    };
    const unhinted = {
      ...transactions,
      follow: (tx: Tx, input: { readonly steps: readonly Step[] }) => follow(tx, input),
    };

    it('fetch rows that other rows name in one round, and what is found is the same', async () => {
      const plain = await open(unhinted, { quick: {}, lists: {} });
      await plain.run('fill', undefined);
      for (const steps of PROGRAMS) {
        const expected = await plain.run('follow', { propertyId: 'p', steps });
        expect(await roundsOf(store.run('follow', { propertyId: 'p', steps }))).toEqual({
          result: expected,
          rounds: 1,
        });
        expect(await roundsOf(store.read('look', { propertyId: 'p', steps }))).toEqual({ result: expected, rounds: 1 });
      }
      expect(countsOf(await plain.run('follow', { propertyId: 'p', steps: PROGRAMS[3] }))).toEqual([1, 1, 0, 2, 4, 3]);
      await plain.close();
    });

    it('fetch for many calls at once what each of them names', async () => {
      const calls = PROGRAMS.map((steps) => ({ propertyId: 'p', steps }));
      const alone = await Promise.all(calls.map((input) => store.run('follow', input)));
      const together = await roundsOf(Promise.all(calls.map((input) => store.read('look', input))));
      expect(together).toEqual({ result: alone, rounds: 1 });
    });

    it('lead a query to a property that another row names', async () => {
      const steps: Step[] = [
        { find: 'properties', index: 'byNumber', prefix: ['number of q'], limit: 1 },
        { get: 'members', key: [{ of: 0, column: 'id' }, 'm2'] },
      ];
      const { result, rounds } = await roundsOf(store.read('look', { steps }));
      expect(result).toMatchObject([[{ id: 'q' }], [{ propertyId: 'q', id: 'm2' }]]);
      expect(rounds).toBe(1);
    });

    it('cost time where they are wrong, and nothing else', async () => {
      expect(await store.run('misled', { name: 'who' })).toBe('m2');
      await store.close();
    });
  });
}

function countsOf(found: unknown): number[] {
  return (found as unknown[][]).map((rows) => rows.length);
}

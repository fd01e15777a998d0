import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { shapeOfIndex, tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import type { KeyValue } from '../store.ts';
import { compareValues } from '../value-order.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createReads } from './rows.ts';
import { snakeCase } from './statements.ts';

/** Databases of every earlier version, with a row for each combination of what indexes ask for. */

const MIGRATIONS = readMigrations();
const TABLES = Object.keys(schema) as TableName[];
const STATES = ['accepted', 'granted', 'unknown', 'succeeded', 'rejected', 'damaged'];
const LATER_STATES = ['expired', 'withdrawn', 'written-off'];

/** What stands in columns that an index chooses its rows by. The other columns get a value of their kind. */
const VALUES: { readonly [T in TableName]?: Readonly<Record<string, readonly (string | number | null)[]>> } = {
  operations: {
    state: [...STATES, ...LATER_STATES],
    caller: ['waiting', 'told', 'told-open', 'left'],
    kind: ['issue', 'cancel', 'read'],
    held: [0, 1],
    serial: [null, 'serial 1'],
    encoder: ['mac 1', 'mac 2', 'mac that is gone'],
  },
  cardRecords: {
    status: ['pending', 'void', 'active', 'superseded', 'lost', 'cancelled'],
    guest: ['by-holder'],
    holder: ['none', 'kept'],
    serial: [null, 'serial 1', 'serial 2'],
    roomId: ['room 1', 'room 2'],
    sequence: [0, 1, 2],
  },
  cards: { plastic: ['written', 'erased', 'damaged', 'unknown'] },
  guestRules: { propertyId: ['property 1', 'property 2', 'property 3', 'property 4', 'property 5', 'property 6'] },
  copySets: { state: ['running', 'done', 'stopped'] },
  members: { role: ['administrator', 'receptionist'], active: [0, 1] },
  audit: {
    action: ['card-superseded', 'operation-granted', 'operation-unknown'],
    operationId: [null, 'operation 1', 'operation 2'],
  },
  webhookDeliveries: { state: ['waiting', 'delivered', 'dead'] },
  agentAbsences: { agentId: ['agent 1', 'agent 2', 'agent 3', 'agent 4', 'agent 5', 'agent 6'] },
  encoders: { agentId: [null, 'agent 1'], ownership: ['settled', 'disputed'] },
};

type AnyRow = Record<string, unknown>;

/** Each combination of these values once, at least 6. */
function combinations(values: Readonly<Record<string, readonly (string | number | null)[]>>): AnyRow[] {
  let rows: AnyRow[] = [{}];
  for (const [column, each] of Object.entries(values))
    rows = rows.flatMap((row) => each.map((value) => ({ ...row, [column]: value })));
  return rows.length >= 6 ? rows : Array.from({ length: 6 }, (_, i) => rows[i % rows.length] as AnyRow);
}

function cellFor(kind: string, column: string, n: number): string | number {
  if (kind.startsWith('boolean')) return n % 2;
  if (kind.startsWith('integer')) return n;
  return kind.startsWith('json') ? '[]' : `${column} ${n}`;
}

const columnsOf = (db: Database.Database, name: TableName): string[] =>
  (db.pragma(`table_info(${snakeCase(name)})`) as { name: string }[]).map((column) => column.name);

function fill(db: Database.Database, name: TableName): void {
  const { columns } = tableOf(name);
  const known = columnsOf(db, name);
  const isThere = (column: string) => known.includes(snakeCase(column));
  const names = Object.keys(columns).filter(isThere);
  const dropped = known.filter((column) => !names.some((each) => snakeCase(each) === column));
  const list = [...names.map(snakeCase), ...dropped].map((column) => `"${column}"`).join(', ');
  const insert = db.prepare(
    `INSERT INTO ${snakeCase(name)} (${list}) VALUES (${[...names, ...dropped].map(() => '?').join(', ')})`,
  );
  combinations(VALUES[name] ?? {}).forEach((row, n) => {
    const value = (column: string) =>
      column in row
        ? row[column]
        : column === 'propertyId'
          ? 'property'
          : cellFor(columns[column] as string, column, n);
    insert.run(...names.map(value), ...dropped.map(() => n));
  });
}

/** Every row as it stands there, in these columns. */
const rowsIn = (db: Database.Database, name: TableName, columns: readonly string[]): unknown[] => {
  const key = tableOf(name).key.map((column) => `"${snakeCase(column)}"`);
  return db
    .prepare(
      `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM ${snakeCase(name)} ORDER BY ${key.join(', ')}`,
    )
    .raw()
    .all();
};

describe.each(MIGRATIONS.slice(0, -1))('a database that $name made', ({ number }) => {
  const db = new Database(':memory:');
  migrate(db, MIGRATIONS.slice(0, number));
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const filled = TABLES.filter((name) => tables.includes(snakeCase(name)));
  for (const name of filled) fill(db, name);
  const before = new Map(filled.map((name) => [name, { columns: columnsOf(db, name) }]));
  const kept = new Map<TableName, unknown[]>();
  const keptColumns = (name: TableName, now: readonly string[]) =>
    (before.get(name)?.columns ?? []).filter((column) => now.includes(column));
  const fresh = new Database(':memory:');
  migrate(fresh);
  for (const name of filled) kept.set(name, rowsIn(db, name, keptColumns(name, columnsOf(fresh, name))));
  migrate(db);
  const reads = createReads(db);

  test('keeps every row as it was, and is whole', () => {
    for (const name of filled)
      expect(rowsIn(db, name, keptColumns(name, columnsOf(db, name))), name).toEqual(kept.get(name));
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test.each(filled.flatMap((name) => Object.keys(tableOf(name).indexes).map((index) => ({ name, index }))))(
    'is found by $name.$index as by its key',
    ({ name, index }) => {
      const { order, where } = shapeOfIndex(name, index);
      const all = reads.find(name, 'key', [], { limit: 10_000 }) as unknown as AnyRow[];
      const wanted = all
        .filter((row) => where.every(([column, values]) => values.includes(row[column])))
        .sort(
          (a, b) =>
            order
              .map((column) => compareValues(a[column] as KeyValue, b[column] as KeyValue))
              .find((each) => each !== 0) ?? 0,
        );
      // No card began later before there was a column that says so.
      const columns = before.get(name)?.columns ?? [];
      const isSince = index.startsWith('upcoming') && !columns.includes('begun');
      expect(wanted.length > 0, `${name}.${index}`).toBe(!isSince);
      const find = reads.find as (name: TableName, index: string, prefix: [], options: { limit: number }) => unknown[];
      expect(find(name, index, [], { limit: 10_000 })).toEqual(wanted);
    },
  );

  // From 0009 on the database itself records it.
  const toldByOperations = number < 9 ? ['which encoders were used'] : [];
  test.each(toldByOperations)('knows %s', () => {
    const used = reads.find('encoders', 'key', ['property'], { limit: 100 }).filter((encoder) => encoder.used);
    expect(used.map(({ mac }) => mac)).toEqual(['mac 1', 'mac 2']);
  });
});

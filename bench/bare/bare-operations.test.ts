import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@keyrack/server/store/sqlite/database.ts';
import { afterAll, expect, test } from 'vitest';
import { createBareOperations } from './bare-operations.ts';
import { wholeRows } from './whole-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyrack-bare-'));
const { db, close } = openDatabase(join(folder, 'keyrack.db'));
afterAll(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

test('the bare loop leaves the rows of an issue and of its cancel in the tables as they are now', () => {
  const operations = createBareOperations(db);
  expect([operations.carryOutOne(), operations.carryOutOne()]).toEqual([3, 3]);
  const all = (sql: string) => db.prepare(sql).all();
  expect(all('SELECT kind, state, caller FROM operations ORDER BY place')).toEqual([
    { kind: 'issue', state: 'succeeded', caller: 'told' },
    { kind: 'cancel', state: 'succeeded', caller: 'told' },
  ]);
  expect(all('SELECT status FROM card_records')).toEqual([{ status: 'cancelled' }]);
  expect(all('SELECT plastic FROM cards')).toEqual([{ plastic: 'erased' }]);
  expect(all('SELECT kind FROM room_events ORDER BY kind')).toEqual([{ kind: 'cancelled' }, { kind: 'issued' }]);
  const actions = ['operation-accepted', 'operation-granted', 'operation-settled'];
  expect(all('SELECT action FROM audit ORDER BY number')).toEqual(
    [...actions, ...actions].map((action) => ({ action })),
  );
});

test('no read of the bare loop looks through a table: a slow yardstick would flatter the server', () => {
  const asked: string[] = [];
  const watched = new Proxy(db, {
    get: (of, name) => {
      const value = Reflect.get(of, name) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'prepare') asked.push(String(args[0]));
        return (value as (...args: unknown[]) => unknown).apply(of, args);
      };
    },
  });
  const { get } = wholeRows(watched);
  for (const table of ['operations', 'cards', 'card_records', 'rooms', 'encoders', 'agents']) get(table, '', '');
  const reads = asked.filter((sql) => sql.startsWith('SELECT'));
  expect(reads).toHaveLength(9);
  for (const sql of reads) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array(sql.split('?').length - 1).fill('')) as {
      readonly detail: string;
    }[];
    const way = plan.map(({ detail }) => detail).join('; ');
    expect(way, sql).toMatch(/^SEARCH/);
    // The index narrows by every column that the statement compares.
    const compared = sql.match(/= \+\?/g)?.length ?? 0;
    expect(way.match(/=\?/g)?.length ?? 0, `${sql}\n${way}`).toBeGreaterThanOrEqual(compared);
  }
});

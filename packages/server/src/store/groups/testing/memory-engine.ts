import { setImmediate } from 'node:timers/promises';
import { createMemoryTable, type MemoryTable } from '../../memory/memory-table.ts';
import type { AnyRow as MemoryRow } from '../../memory/sorted-rows.ts';
import { keyOf } from '../../row-key.ts';
import type { TableName } from '../../row-types.ts';
import { StoreError } from '../../store.ts';
import type { Asked, AskedAhead } from '../asked-rows.ts';
import { columnsOf, resolve } from '../gather-hints.ts';
import type { GroupEngine } from '../group-store.ts';
import type { TableChanges } from '../overlay.ts';
import type { Found } from '../run-group.ts';

export interface MemoryEngine extends GroupEngine {
  /** Messages that groups waited for. */
  rounds(): number;
}

/** A database of groups in memory, which refuses what a real one would: a row that is there already, or isn't any more. */
export function createMemoryEngine(): MemoryEngine {
  const tables = new Map<TableName, MemoryTable>();
  const looks = new Set<Promise<void>>();
  let rounds = 0;
  const tableNamed = (name: TableName): MemoryTable => {
    const table = tables.get(name) ?? createMemoryTable(name);
    tables.set(name, table);
    return table;
  };
  const readOne = (asked: Asked): Found => {
    if (asked.kind === 'row') return tableNamed(asked.table).get(asked.key) ?? null;
    const { table, index, prefix, options } = asked.find;
    const { limit: _limit, ...others } = options;
    return tableNamed(table).find(index, prefix, { ...others, ...(asked.most !== undefined && { limit: asked.most }) });
  };
  const read = async (asked: readonly AskedAhead[]): Promise<Found[]> => {
    rounds += 1;
    // An answer of a database comes in a later turn, and calls come meanwhile.
    await setImmediate();
    const found: Found[] = [];
    for (const each of asked) {
      const known = resolve(each, columnsOf(found));
      if (known !== null) found.push(readOne(known));
      else found.push(each.kind === 'row' ? null : []);
    }
    return found;
  };
  return {
    async open() {
      return {
        begin: (_locks, asked) => read(asked),
        read,
        async commit(changes) {
          // What a snapshot shows stays as it is.
          await Promise.all(looks);
          write(tableNamed, changes);
        },
        async abandon() {},
      };
    },
    look(_lane, _sees, look) {
      const looked = look({ read });
      const ended = looked.then(noMore, noMore);
      looks.add(ended);
      return looked;
      function noMore() {
        looks.delete(ended);
      }
    },
    explain: (error) => new StoreError('aborted', 'the database failed', { cause: error }),
    async close() {},
    rounds: () => rounds,
  };
}

/** Values may go from one row to another: those that give one leave before the others come. */
function write(tableNamed: (name: TableName) => MemoryTable, changes: readonly TableChanges[]): void {
  for (const { table, updated, removed } of changes) {
    const leaving = [...removed, ...updated.map(({ before }) => keyOf(table, before))];
    for (const key of leaving)
      if (tableNamed(table).remove(key) === undefined) throw new Error(`${table} has no such row`);
  }
  for (const { table, inserted, updated } of changes) {
    for (const row of [...updated.map((each) => each.row), ...inserted])
      if (tableNamed(table).put(row as MemoryRow) !== undefined) throw new Error(`${table} has such a row already`);
  }
}

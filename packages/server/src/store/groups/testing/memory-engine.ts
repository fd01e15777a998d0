import { createMemoryTable, type MemoryTable } from '../../memory/memory-table.ts';
import type { AnyRow as MemoryRow } from '../../memory/sorted-rows.ts';
import { keyOf } from '../../row-key.ts';
import type { TableName } from '../../row-types.ts';
import { StoreError } from '../../store.ts';
import type { Asked } from '../asked-rows.ts';
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
  const read = async (asked: readonly Asked[]): Promise<Found[]> => {
    rounds += 1;
    return asked.map(readOne);
  };
  return {
    async open() {
      return {
        begin: (_locks, asked) => read(asked),
        read,
        async commit(changes) {
          write(tableNamed, changes);
        },
        async abandon() {},
      };
    },
    look: (_lane, _sees, look) => look({ read }),
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

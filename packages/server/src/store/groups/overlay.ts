import type { AnyFindOptions } from '../find-plan.ts';
import { tableOf } from '../index-order.ts';
import { checkRow } from '../row-check.ts';
import { keyOf, textOfKey } from '../row-key.ts';
import type { Rows, TableName } from '../row-types.ts';
import { schema } from '../schema.ts';
import { type KeyValue, type Tx, UniqueViolation } from '../store.ts';
import { type AnyRow, type Asked, type Find, findOf, SPARE } from './asked-rows.ts';
import { isFound, orderOf } from './changed-rows.ts';
import type { Reach } from './reach.ts';

/** What a group changed of one table. */
export interface TableChanges {
  readonly table: TableName;
  readonly inserted: readonly AnyRow[];
  /** With the row as it was read, so that only what differs is written. */
  readonly updated: readonly { readonly before: AnyRow; readonly row: AnyRow }[];
  readonly removed: readonly (readonly KeyValue[])[];
}

/** Thrown out of a transaction that asks for a row that wasn't fetched. The group runs it again. */
export class RowMissing extends Error {
  constructor() {
    super('a row was not fetched yet');
    this.name = 'RowMissing';
  }
}

/** The rows that a group has fetched, with what its transactions changed of them. Nothing reaches a database before its end. */
export interface Overlay {
  readonly tx: Tx;
  /** What was asked for since the last `take` and isn't here. A transaction that asked for such a thing counts for nothing. */
  take(): Asked[];
  /** Whether something is missing, however the transaction dealt with that. */
  isMissing(): boolean;
  /** What the database has for it: the row or null, or the rows in order. */
  know(asked: Asked, found: AnyRow | null | readonly AnyRow[]): void;
  /** From here on, changes can be undone. */
  mark(): void;
  /** Takes back what was changed since the mark. */
  undo(): void;
  changes(): TableChanges[];
}

/** A row as the database has it (null: it has none), and as the group has left it. */
interface Known {
  readonly before: AnyRow | null;
  now: AnyRow | null;
}

/** What the database gave for a find: keys of rows in its order. `isAll`: there are no further ones. */
interface Gave {
  readonly keys: readonly string[];
  readonly isAll: boolean;
}

interface TableOverlay {
  readonly rows: Map<string, Known>;
  readonly changed: Set<string>;
  readonly gave: Map<string, Gave>;
  /** Finds by the key, whose answers tell of rows that they are not there. */
  readonly byKey: Find[];
}

/** `reach` hears of each property that is asked for, and throws where the group may not see it. */
export function createOverlay(reach: Reach): Overlay {
  const tables = new Map<TableName, TableOverlay>();
  let missing: Asked[] = [];
  let undoing: (() => void)[] = [];

  const tableNamed = (name: TableName): TableOverlay => {
    let table = tables.get(name);
    if (table === undefined) {
      if (!Object.hasOwn(schema, name)) throw new TypeError(`the store has no table ${name}`);
      table = { rows: new Map(), changed: new Set(), gave: new Map(), byKey: [] };
      tables.set(name, table);
    }
    return table;
  };
  const miss = (asked: Asked): void => {
    missing.push(asked);
  };
  const know = (name: TableName, row: AnyRow): string => {
    const { rows } = tableNamed(name);
    const text = textOfKey(keyOf(name, row));
    // What is here already may have been changed by the group, and the database has it as it was.
    if (!rows.has(text)) rows.set(text, { before: row, now: row });
    return text;
  };
  const knownRow = (name: TableName, table: TableOverlay, key: readonly KeyValue[]): Known | undefined => {
    const text = textOfKey(key);
    const known = table.rows.get(text);
    if (known !== undefined || !isToldAbsent(name, table, key)) return known;
    const absent: Known = { before: null, now: null };
    table.rows.set(text, absent);
    return absent;
  };
  const change = (table: TableOverlay, text: string, known: Known, now: AnyRow | null): void => {
    const { now: then } = known;
    const wasChanged = table.changed.has(text);
    known.now = now;
    if (now === known.before) table.changed.delete(text);
    else table.changed.add(text);
    undoing.push(() => {
      known.now = then;
      if (wasChanged) table.changed.add(text);
      else table.changed.delete(text);
    });
  };

  const search = (find: Find): AnyRow[] | null => {
    const { plan } = find;
    const table = tableNamed(find.table);
    const wanted = plan.limit ?? Number.POSITIVE_INFINITY;
    const gave = table.gave.get(find.name);
    const ask = (most: number | undefined): null => {
      miss({ kind: 'rows', find, most });
      return null;
    };
    if (gave === undefined) return ask(plan.limit === undefined ? undefined : plan.limit + SPARE);
    const order = orderOf(find);
    const rows: AnyRow[] = [];
    for (const text of gave.keys) {
      const known = table.rows.get(text) as Known;
      if (!table.changed.has(text)) rows.push(known.before as AnyRow);
    }
    const last = gave.isAll ? undefined : table.rows.get(gave.keys.at(-1) as string)?.before;
    let isMixed = false;
    for (const text of table.changed) {
      const row = (table.rows.get(text) as Known).now;
      if (row === null || !isFound(find, row)) continue;
      // Between the last row that the database gave and this one there may be others.
      if (last !== undefined && last !== null && order(row, last) > 0) continue;
      rows.push(row);
      isMixed = true;
    }
    if (!gave.isAll && rows.length < wanted) {
      return ask(Number.isFinite(wanted) ? wanted + gave.keys.length + SPARE : undefined);
    }
    if (isMixed) rows.sort(order);
    return rows.length > wanted ? rows.slice(0, wanted) : rows;
  };

  const refuseTwin = (name: TableName, index: string, row: AnyRow, before: AnyRow | null | undefined): void => {
    const { columns } = tableOf(name).indexes[index] as { readonly columns: readonly string[] };
    const values = columns.map((column) => row[column] as KeyValue);
    if (values.includes(null)) return;
    // A row that has had these values since before the group is the only one.
    if (before && columns.every((column) => before[column] === row[column])) return;
    const found = search(findOf(name, index, values, { limit: 2 }));
    if (found === null) return;
    const own = textOfKey(keyOf(name, row));
    if (found.some((other) => textOfKey(keyOf(name, other)) !== own)) throw new UniqueViolation(name, index);
  };

  const checkKey = (name: TableName, key: readonly KeyValue[]): void => {
    const { key: columns } = tableOf(name);
    if (key.length !== columns.length)
      throw new TypeError(`the key of ${name} has ${columns.length} columns, not ${key.length}`);
  };

  const tx: Tx = {
    get<T extends TableName>(name: T, ...key: KeyValue[]) {
      checkKey(name, key);
      reach.row(name, key);
      const known = knownRow(name, tableNamed(name), key);
      if (known !== undefined) return (known.now ?? undefined) as Rows[T] | undefined;
      miss({ kind: 'row', table: name, key });
      throw new RowMissing();
    },
    find(name: TableName, index: string, prefix: readonly KeyValue[], options: AnyFindOptions = {}) {
      const find = findOf(name, index, prefix, options);
      reach.rows(name, index, prefix);
      if (find.plan.limit === 0) return [];
      const rows = search(find);
      if (rows === null) throw new RowMissing();
      return rows as never[];
    },
    put(name, given) {
      const row = given as unknown as AnyRow;
      checkRow(name, row as Record<string, unknown>);
      const key = keyOf(name, row);
      reach.write(name, key);
      const table = tableNamed(name);
      const text = textOfKey(key);
      let known = knownRow(name, table, key);
      if (known === undefined) {
        // The transaction goes on, so that all that it needs is known at once. It counts for nothing.
        miss({ kind: 'row', table: name, key });
        known = { before: null, now: null };
      }
      for (const index of uniqueIndexesOf(name)) refuseTwin(name, index, row, known.now);
      if (table.rows.has(text)) change(table, text, known, row);
    },
    remove(name, ...key) {
      checkKey(name, key);
      reach.write(name, key);
      const table = tableNamed(name);
      const text = textOfKey(key);
      const known = knownRow(name, table, key);
      if (known === undefined) miss({ kind: 'row', table: name, key });
      else if (known.now !== null) change(table, text, known, null);
    },
  };

  return {
    tx,
    take() {
      const taken = missing;
      missing = [];
      return taken;
    },
    isMissing: () => missing.length > 0,
    know(asked, found) {
      if (asked.kind === 'row') {
        const { rows } = tableNamed(asked.table);
        const text = textOfKey(asked.key);
        const row = found as AnyRow | null;
        if (!rows.has(text)) rows.set(text, { before: row, now: row });
        return;
      }
      const { find, most } = asked;
      const given = found as readonly AnyRow[];
      const keys = given.map((row) => know(find.table, row));
      const table = tableNamed(find.table);
      if (find.index === 'key' && find.plan.after === undefined) table.byKey.push(find);
      table.gave.set(find.name, { keys, isAll: most === undefined || given.length < most });
    },
    mark() {
      undoing = [];
    },
    undo() {
      for (const step of undoing.reverse()) step();
      undoing = [];
    },
    changes: () => [...tables].flatMap(([name, table]) => changesOf(name, table)),
  };
}

/** Whether a find by the key would have given this row, were it there: the next audit record's number is new, for one. */
function isToldAbsent(name: TableName, { byKey, gave, rows }: TableOverlay, key: readonly KeyValue[]): boolean {
  if (byKey.length === 0) return false;
  const row = Object.fromEntries(tableOf(name).key.map((column, at) => [column, key[at]]));
  return byKey.some((find) => {
    if (!isFound(find, row)) return false;
    const { keys, isAll } = gave.get(find.name) as Gave;
    if (isAll) return true;
    const last = rows.get(keys.at(-1) ?? '')?.before;
    return last != null && orderOf(find)(row, last) < 0;
  });
}

const uniqueIndexes = new Map<TableName, readonly string[]>();

function uniqueIndexesOf(name: TableName): readonly string[] {
  let found = uniqueIndexes.get(name);
  if (found === undefined) {
    found = Object.entries(tableOf(name).indexes).flatMap(([index, { unique }]) => (unique ? [index] : []));
    uniqueIndexes.set(name, found);
  }
  return found;
}

function changesOf(table: TableName, { rows, changed }: TableOverlay): TableChanges[] {
  if (changed.size === 0) return [];
  const inserted: AnyRow[] = [];
  const updated: { before: AnyRow; row: AnyRow }[] = [];
  const removed: KeyValue[][] = [];
  for (const text of changed) {
    const { before, now } = rows.get(text) as Known;
    if (before === null && now !== null) inserted.push(now);
    else if (before !== null && now !== null) updated.push({ before, row: now });
    else if (before !== null) removed.push(keyOf(table, before));
  }
  return [{ table, inserted, updated, removed }];
}

import type { Database, Statement } from 'better-sqlite3';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

interface Column {
  readonly name: string;
  /** Its place in the primary key, from 1; 0 where it is none of it. */
  readonly pk: number;
  /** As SQL writes it; null where the column has none. */
  readonly dflt_value: string | null;
}

/** Rows by key, and written whole, with one compiled statement for each table; and the reads by index of an operation. */
export function wholeRows(db: Database): {
  get(table: string, ...key: readonly string[]): Row | undefined;
  /** Columns that the row doesn't name have their defaults. */
  put(table: string, row: Row): void;
  readonly find: {
    lastAudit(property: string): readonly Row[];
    byRequest(property: string, request: string): readonly Row[];
    openOperationsAt(property: string, mac: string): readonly Row[];
  };
} {
  const tables = new Map<
    string,
    { readonly get: Statement; readonly put: Statement; readonly columns: ReturnType<typeof columnsOf> }
  >();
  const tableOf = (table: string) => {
    let known = tables.get(table);
    if (known === undefined) {
      known = prepare(db, table);
      tables.set(table, known);
    }
    return known;
  };
  // A plus before a parameter: otherwise SQLite compiles the statement anew whenever the value changes.
  const lastAudit = db.prepare('SELECT * FROM audit WHERE property_id = +? ORDER BY number DESC LIMIT 1');
  const byRequest = db.prepare(
    'SELECT * FROM operations WHERE property_id = +? AND request = +? ORDER BY place DESC LIMIT 16',
  );
  // Literal states, spelt as in the index of open operations: SQLite uses that for nothing else.
  const openOperationsAt = db.prepare(
    `SELECT * FROM operations WHERE property_id = +? AND encoder = +? AND state IN ('accepted', 'granted')
     ORDER BY place LIMIT 8`,
  );
  return {
    get: (table, ...key) => tableOf(table).get.get(...key) as Row | undefined,
    put: (table, row) => {
      const { put, columns } = tableOf(table);
      put.run(...columns.map(({ name, usual }) => row[name] ?? usual));
    },
    find: {
      lastAudit: (property) => lastAudit.all(property) as Row[],
      byRequest: (property, request) => byRequest.all(property, request) as Row[],
      openOperationsAt: (property, mac) => openOperationsAt.all(property, mac) as Row[],
    },
  };
}

function prepare(db: Database, table: string) {
  const found = db.pragma(`table_info(${table})`) as Column[];
  const columns = columnsOf(found);
  const key = found.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const quoted = (name: string) => `"${name}"`;
  const rest = found.filter(({ pk }) => pk === 0).map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`);
  const byKey = key.map(({ name }) => `${quoted(name)} = ?`).join(' AND ');
  return {
    columns,
    get: db.prepare(`SELECT * FROM ${table} WHERE ${byKey}`),
    put: db.prepare(
      `INSERT INTO ${table} (${columns.map(({ name }) => quoted(name)).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${key.map(({ name }) => quoted(name)).join(', ')})
       DO ${rest.length === 0 ? 'NOTHING' : `UPDATE SET ${rest.join(', ')}`}`,
    ),
  };
}

/** The columns of a table, and what stands in one that isn't named. */
function columnsOf(found: readonly Column[]) {
  return found.map(({ name, dflt_value: text }) => {
    const usual: Cell = text === null ? null : /^'.*'$/.test(text) ? text.slice(1, -1) : Number(text);
    return { name, usual };
  });
}

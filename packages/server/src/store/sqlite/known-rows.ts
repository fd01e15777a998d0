/** Rows of one table that needn't be asked for, by the text of their keys. They are shared: nobody may change one. */
export interface KnownRows<Row> {
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  clear(): void;
}

/** Rows that are known of a table: at most twice as many. */
const KNOWN_ROWS = 2_048;

/**
 * Remembers rows in two generations: when the younger one is full, the older one goes, and with it what nobody asked for
 * since. That costs less than an order of last use, and keeps nearly the same rows.
 */
export function createKnownRows<Row>(most = KNOWN_ROWS): KnownRows<Row> {
  let young = new Map<string, Row>();
  let old = new Map<string, Row>();
  const set = (key: string, row: Row) => {
    if (young.size >= most && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, row);
  };
  return {
    get(key) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
    clear() {
      young.clear();
      old.clear();
    },
  };
}

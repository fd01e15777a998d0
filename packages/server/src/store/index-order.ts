import { schema, type Table, type TableName } from './schema.ts';

/** A table of the schema without the type of its rows, for code that serves every table. */
export type AnyTable = Table<Record<string, string | number | boolean | object | null>>;

export function tableOf(name: TableName): AnyTable {
  const table = (schema as unknown as Record<string, AnyTable | undefined>)[name];
  if (table === undefined) throw new TypeError(`the store has no table ${name}`);
  return table;
}

/**
 * The columns by which an index puts rows in order: its own, then those of the key that it lacks, so that the order
 * of rows with equal values is the same in every engine.
 */
export function orderOf(
  name: TableName,
  index: string,
): { readonly own: readonly string[]; readonly order: readonly string[] } {
  const { key, indexes } = tableOf(name);
  const own = index === 'key' ? key : indexes[index]?.columns;
  if (own === undefined) throw new TypeError(`${name} has no index ${index}`);
  return { own, order: [...own, ...key.filter((column) => !own.includes(column))] };
}

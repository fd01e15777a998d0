/** A column's value in a key or an index. */
export type KeyValue = string | number | boolean | null;

import { type AnyFindOptions, type FindPlan, planFind } from '../find-plan.ts';
import type { HintedValue } from '../hints.ts';
import { type IndexShape, shapeOfIndex } from '../index-order.ts';
import { textOfKey } from '../row-key.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';

export type AnyRow = Readonly<Record<string, unknown>>;

/** The row with a key, as a group asks a database for it. */
export interface AskedRow<Value = KeyValue> {
  readonly kind: 'row';
  readonly table: TableName;
  readonly key: readonly Value[];
}

/** Rows that a find wants, as a group asks a database for them: `most` of them, all where it is undefined. */
export interface AskedRows<Value = KeyValue> {
  readonly kind: 'rows';
  readonly find: Find<Value>;
  readonly most: number | undefined;
}

export type Asked<Value = KeyValue> = AskedRow<Value> | AskedRows<Value>;

/** The same, where columns of rows that stand before it in the list may be among its values. */
export type AskedAhead = Asked<HintedValue>;

export interface AskedOptions<Value = KeyValue> extends Omit<AnyFindOptions, 'from' | 'before'> {
  readonly from?: Value;
  readonly before?: Value;
}

/** A find of a transaction: what it asks for, and the shape of its index. `name` tells it from others, but for its limit. */
export interface Find<Value = KeyValue> {
  readonly table: TableName;
  readonly index: string;
  readonly prefix: readonly Value[];
  /** As the transaction asked. */
  readonly options: AskedOptions<Value>;
  readonly plan: FindPlan<Value>;
  readonly shape: IndexShape;
  readonly name: string;
}

const shapes = new Map<TableName, Map<string, IndexShape>>();

export function shapeOf(table: TableName, index: string): IndexShape {
  let ofTable = shapes.get(table);
  if (ofTable === undefined) {
    ofTable = new Map();
    shapes.set(table, ofTable);
  }
  let shape = ofTable.get(index);
  if (shape === undefined) {
    shape = shapeOfIndex(table, index);
    ofTable.set(index, shape);
  }
  return shape;
}

export function findOf(table: TableName, index: string, prefix: readonly KeyValue[], options: AnyFindOptions): Find {
  const shape = shapeOf(table, index);
  const plan = planFind(table, index, shape, prefix, options);
  return { table, index, prefix, options, plan, shape, name: nameOfFind(index, prefix, plan) };
}

/** Values of different types don't meet: a column has one. */
export function nameOfFind(index: string, prefix: readonly KeyValue[], plan: FindPlan): string {
  const { reverse, from, before, isRange, after } = plan;
  const name = `${index}${reverse ? '<' : '>'}${prefix.length}\0${prefix.map(textOfValue).join('\0')}`;
  if (!isRange && after === undefined) return name;
  return `${name}\0\0${textOfValue(from)}\0${textOfValue(before)}\0${isRange}\0${after?.map(textOfValue).join('\0')}`;
}

/** Null and what isn't there differ from every text. */
function textOfValue(value: KeyValue | undefined): string {
  if (typeof value === 'string') return `'${value}`;
  return String(value);
}

/** The same for whatever asks for the same. */
export function nameOfAsked(asked: Asked): string {
  if (asked.kind === 'row') return `${asked.table}\0${textOfKey(asked.key)}`;
  return `${asked.find.table}\0\0${asked.find.name}\0${asked.most}`;
}

/** More rows than a find wants, so that it still has enough where the group itself takes some of them away. */
export const SPARE = 1;

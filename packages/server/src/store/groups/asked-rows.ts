import { type AnyFindOptions, type FindPlan, planFind } from '../find-plan.ts';
import { type IndexShape, shapeOfIndex } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';

export type AnyRow = Readonly<Record<string, unknown>>;

/** The row with a key, as a group asks a database for it. */
export interface AskedRow {
  readonly kind: 'row';
  readonly table: TableName;
  readonly key: readonly KeyValue[];
}

/** Rows that a find wants, as a group asks a database for them: `most` of them, all where it is undefined. */
export interface AskedRows {
  readonly kind: 'rows';
  readonly find: Find;
  readonly most: number | undefined;
}

export type Asked = AskedRow | AskedRows;

/** A find of a transaction: what it asks for, and the shape of its index. `name` tells it from others, but for its limit. */
export interface Find {
  readonly table: TableName;
  readonly index: string;
  readonly prefix: readonly KeyValue[];
  /** As the transaction asked. */
  readonly options: AnyFindOptions;
  readonly plan: FindPlan;
  readonly shape: IndexShape;
  readonly name: string;
}

const shapes = new Map<string, IndexShape>();

function shapeOf(table: TableName, index: string): IndexShape {
  const named = `${table} ${index}`;
  const shape = shapes.get(named) ?? shapeOfIndex(table, index);
  shapes.set(named, shape);
  return shape;
}

export function findOf(table: TableName, index: string, prefix: readonly KeyValue[], options: AnyFindOptions): Find {
  const shape = shapeOf(table, index);
  const plan = planFind(table, index, shape, prefix, options);
  const { reverse, from, before, isRange, after } = plan;
  const name = JSON.stringify([index, prefix, reverse, from ?? null, before ?? null, isRange, after ?? null]);
  return { table, index, prefix, options, plan, shape, name };
}

/** The same for whatever asks for the same. */
export function nameOfAsked(asked: Asked): string {
  if (asked.kind === 'row') return `${asked.table} ${JSON.stringify(asked.key)}`;
  return `${asked.find.table} ${asked.find.name} ${asked.most}`;
}

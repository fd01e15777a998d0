import type { FindPlan } from '../find-plan.ts';
import type { AskedAhead, AskedRows } from '../groups/asked-rows.ts';
import { isColumn } from '../groups/gather-hints.ts';
import type { Column, HintedValue } from '../hints.ts';
import { tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';
import { arrayType, type Cell, conditionSql, mayBeNull, type Statement, selected, sqlName } from './statements.ts';

// What groups ask for becomes one statement for each kind of question, however many calls put it: `k` has the values of each.

/** Beyond it a limit is a parameter. Few are known to the planner, so that it reads no more of an index than is wanted. */
const LITERAL_LIMITS = 64;

/** A statement, and which of what was asked each of its answers is for. */
export interface AskedStatement extends Statement {
  readonly places: readonly number[];
}

interface Kind {
  readonly text: string;
  readonly columns: Cell[][];
  readonly places: number[];
}

/** The statements that ask for all of it. Each row begins with the place, from 1, among the statement's own. */
export function askedSql(asked: readonly AskedAhead[]): AskedStatement[] {
  const kinds = new Map<string, Kind>();
  asked.forEach((each, place) => {
    const shape = shapeOf(each, asked);
    let kind = kinds.get(shape);
    if (kind === undefined) {
      const text = textFor(shape, each, asked);
      kind = { text, columns: [], places: [] };
      kinds.set(shape, kind);
    }
    const values = valuesOf(each, asked);
    for (let at = 0; at < values.length; at++) {
      const column = kind.columns[at];
      if (column === undefined) kind.columns[at] = [values[at] as Cell];
      else column.push(values[at] as Cell);
    }
    kind.places.push(place);
  });
  return [...kinds.values()].map(({ text, columns, places }) => ({ text, values: columns, places }));
}

/** An expression of the values of these columns with commas between them. Its parameters follow the first `before`. */
export function joinedSql(columns: readonly Column[], asked: readonly AskedAhead[], before: number): Statement {
  const kinds = new Map<string, { readonly column: Column; readonly values: Cell[][] }>();
  for (const column of columns) {
    const shape = shapeOfColumn(column, asked);
    const kind = kinds.get(shape) ?? { column, values: [] };
    kinds.set(shape, kind);
    collectColumn(column, asked, []).forEach((value, at) => {
      kind.values[at] = [...(kind.values[at] ?? []), value];
    });
  }
  const values: Cell[][] = [];
  const parts = [...kinds.values()].map(({ column, values: own }) => {
    const types: string[] = [];
    const value = columnSql(column, asked, types);
    const arrays = types.map((type, at) => `$${before + values.length + at + 1}::${type}[]`);
    values.push(...own);
    return `(SELECT string_agg(${value}, ',') FROM unnest(${arrays.join(', ')}) AS k(${types.map((_, at) => `k${at}`).join(', ')}))`;
  });
  return { text: parts.join(', '), values };
}

// --- one question -----------------------------------------------------------------------------------------------------

/** The same for questions that differ in their values alone. */
function shapeOf(asked: AskedAhead, all: readonly AskedAhead[]): string {
  const of = (value: HintedValue | undefined): string => {
    if (value === undefined) return '-';
    if (!isColumn(value)) return value === null ? '0' : '1';
    return shapeOfColumn(value, all);
  };
  if (asked.kind === 'row') {
    let shape = `${asked.table} `;
    for (const value of asked.key) shape += of(value);
    return shape;
  }
  const { find, most } = asked;
  const { reverse, from, before, isRange, after } = find.plan;
  let shape = `${find.table} ${find.index}${reverse ? '<' : '>'}`;
  for (const value of find.prefix) shape += of(value);
  if (isRange) shape += ` ${of(from)}${of(before)}`;
  if (after !== undefined) shape += ` after ${after.map(of).join('')}`;
  return `${shape} ${most === undefined ? '' : most > LITERAL_LIMITS ? 'n' : most}`;
}

function shapeOfColumn({ row, column, otherwise, plus }: Column, all: readonly AskedAhead[]): string {
  return `(${shapeOf(all[row.place] as AskedAhead, all)}.${column}${otherwise === null ? '' : '?'}${plus === 0 ? '' : '+'})`;
}

const texts = new Map<string, string>();

function textFor(shape: string, asked: AskedAhead, all: readonly AskedAhead[]): string {
  const known = texts.get(shape);
  if (known !== undefined) return known;
  const types: string[] = [];
  const body = bodySql(asked, all, types);
  const names = types.map((_, at) => `k${at}`);
  const arrays = types.map((type, at) => `$${at + 1}::${type}[]`);
  const from =
    names.length === 0
      ? '(VALUES (1::bigint)) AS k(o)'
      : `unnest(${arrays.join(', ')}) WITH ORDINALITY AS k(${names.join(', ')}, o)`;
  const text = `SELECT k.o, t.* FROM ${from} CROSS JOIN LATERAL (${body}) t`;
  texts.set(shape, text);
  return text;
}

/** Takes the type of each parameter, in the order in which `collect` gives their values. `column`: of the first row alone. */
function bodySql(asked: AskedAhead, all: readonly AskedAhead[], types: string[], column?: string): string {
  const param = (value: HintedValue, type: string): string =>
    isColumn(value) ? columnSql(value, all, types) : `k.k${types.push(type) - 1}`;
  const table = asked.kind === 'row' ? asked.table : asked.find.table;
  const cells = column === undefined ? selected(table, '') : sqlName(column);
  if (asked.kind === 'row') {
    const conditions = tableOf(table).key.map(
      (own, at) => `${sqlName(own)} = ${param(asked.key[at] as HintedValue, typeOf(table, own))}`,
    );
    return `SELECT ${cells} FROM ${sqlName(table)} WHERE ${conditions.join(' AND ')} LIMIT 1`;
  }
  const { conditions, ordered } = conditionsOf(asked, param);
  const most = column === undefined ? asked.most : 1;
  const limit = most === undefined ? '' : ` LIMIT ${most > LITERAL_LIMITS ? param(most, 'bigint') : most}`;
  return `SELECT ${cells} FROM ${sqlName(table)} WHERE ${conditions.join(' AND ') || 'true'} ORDER BY ${ordered.join(', ')}${limit}`;
}

function columnSql({ row, column, otherwise, plus }: Column, all: readonly AskedAhead[], types: string[]): string {
  const source = all[row.place] as AskedAhead;
  const table = source.kind === 'row' ? source.table : source.find.table;
  let text = `(${bodySql(source, all, types, column)})`;
  if (otherwise !== null) text = `COALESCE(${text}, k.k${types.push(typeOf(table, column)) - 1})`;
  return plus === 0 ? text : `(${text} + k.k${types.push('bigint') - 1})`;
}

/** The values of a question's parameters, in the order of its text. */
function valuesOf(asked: AskedAhead, all: readonly AskedAhead[]): Cell[] {
  const values = collect(asked, all, []);
  if (asked.kind === 'rows' && asked.most !== undefined && asked.most > LITERAL_LIMITS) values.push(asked.most);
  return values;
}

function collect(asked: AskedAhead, all: readonly AskedAhead[], values: Cell[]): Cell[] {
  const add = (value: HintedValue): void => {
    if (isColumn(value)) collectColumn(value, all, values);
    else values.push(value);
  };
  if (asked.kind === 'row') {
    for (const value of asked.key) add(value);
    return values;
  }
  const { prefix, plan } = asked.find;
  if (plan.after !== undefined) {
    // Rare, and its text alone knows how often each value stands there.
    conditionsOf(asked, (value) => {
      add(value);
      return '';
    });
    return values;
  }
  for (const value of prefix) if (value !== null) add(value);
  if (plan.from !== undefined) add(plan.from);
  if (plan.before !== undefined) add(plan.before);
  return values;
}

function collectColumn({ row, otherwise, plus }: Column, all: readonly AskedAhead[], values: Cell[]): Cell[] {
  collect(all[row.place] as AskedAhead, all, values);
  if (otherwise !== null) values.push(otherwise);
  if (plus !== 0) values.push(plus);
  return values;
}

function conditionsOf(
  { find }: AskedRows<HintedValue>,
  param: (value: HintedValue, type: string) => string,
): { readonly conditions: string[]; readonly ordered: string[] } {
  const { table, index, prefix, plan, shape } = find;
  const { own, where, sortedBy } = shape;
  const behind = sortedBy.slice(prefix.length);
  const next = sqlName(behind[0] ?? '');
  const conditions = [
    ...where.map(([column, wanted]) => conditionSql(column, wanted)),
    ...prefix.map((value, at) => {
      const column = own[at] as string;
      return value === null
        ? `${sqlName(column)} IS NULL`
        : `${sqlName(column)} = ${param(value, typeOf(table, column))}`;
    }),
  ];
  const type = typeOf(table, behind[0] ?? '');
  if (plan.from !== undefined) conditions.push(`${next} >= ${param(plan.from, type)}`);
  if (plan.before !== undefined) conditions.push(`${next} < ${param(plan.before, type)}`);
  if (plan.isRange && mayBeNull(table, behind.slice(0, 1))) conditions.push(`${next} IS NOT NULL`);
  if (plan.after !== undefined) conditions.push(afterSql(table, behind, plan, param));
  // No two rows are equal in a unique index without null: sorted by more columns, they would be sorted anew.
  const isUnique = tableOf(table).indexes[index]?.unique === true && !mayBeNull(table, own);
  const ordered = (isUnique ? own : sortedBy).map(
    (column) => `${sqlName(column)}${directionOf(table, column, plan.reverse)}`,
  );
  return { conditions, ordered };
}

/** Null sorts first, as it does in every engine of this store. */
function directionOf(table: TableName, column: string, reverse: boolean): string {
  if (!mayBeNull(table, [column])) return reverse ? ' DESC' : '';
  return reverse ? ' DESC NULLS LAST' : ' NULLS FIRST';
}

function afterSql(
  table: TableName,
  behind: readonly string[],
  { after = [], reverse }: FindPlan<HintedValue>,
  param: (value: KeyValue, type: string) => string,
): string {
  const sign = reverse ? '<' : '>';
  if (!mayBeNull(table, behind)) {
    const values = behind.map((column, at) => param(after[at] as KeyValue, typeOf(table, column)));
    return `(${behind.map(sqlName).join(', ')}) ${sign} (${values.join(', ')})`;
  }
  const equal = (column: string, value: KeyValue) =>
    value === null ? `${sqlName(column)} IS NULL` : `${sqlName(column)} = ${param(value, typeOf(table, column))}`;
  const beyond = (column: string, value: KeyValue) => {
    if (value === null) return reverse ? 'false' : `${sqlName(column)} IS NOT NULL`;
    const compared = `${sqlName(column)} ${sign} ${param(value, typeOf(table, column))}`;
    return reverse && mayBeNull(table, [column]) ? `(${compared} OR ${sqlName(column)} IS NULL)` : compared;
  };
  const steps = behind.map((column, at) => {
    const before = behind.slice(0, at).map((earlier, place) => equal(earlier, after[place] ?? null));
    return `(${[...before, beyond(column, after[at] ?? null)].join(' AND ')})`;
  });
  return `(${steps.join(' OR ')})`;
}

function typeOf(name: TableName, column: string): string {
  return arrayType(name, column).slice(0, -2);
}

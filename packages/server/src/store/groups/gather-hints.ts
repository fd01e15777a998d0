import type { Column, Hint, HintedOptions, HintedRow, HintedValue, Hints } from '../hints.ts';
import type { TableName } from '../row-types.ts';
import type { KeyValue } from '../store.ts';
import { type AnyRow, type Asked, type AskedAhead, findOf, SPARE, shapeOf } from './asked-rows.ts';
import type { Overlay } from './overlay.ts';
import { isOfProperties, isWithinOne, type Locks } from './reach.ts';

/** What the calls of a group will ask for, as far as their hints tell. */
export interface GatheredHints {
  /** What others depend on stands before them. */
  readonly asked: readonly AskedAhead[];
  /** What the group needs for that. */
  readonly locks: Locks;
  /** Ids of further properties, which only rows tell that belong to none. */
  readonly further: readonly Column[];
}

interface Call {
  readonly hints: Hints<unknown> | undefined;
  readonly input: unknown;
}

/** Hints only save time: where one throws, its call fetches what it misses by and by. */
export function gatherHints(calls: readonly Call[]): GatheredHints {
  const asked: AskedAhead[] = [];
  const named = new Map<string, Row>();
  const properties = new Set<string>();
  const further = new Map<string, Column>();
  let isOfAll = false;

  const add = (name: string, make: () => AskedAhead): Row => {
    let row = named.get(name);
    if (row === undefined) {
      row = new Row(asked.length);
      asked.push(make());
      named.set(name, row);
    }
    return row;
  };
  const within = (table: TableName, property: HintedValue | undefined): void => {
    if (!isOfProperties(table)) return;
    if (typeof property === 'string') properties.add(property);
    else if (isColumn(property)) further.set(nameOf(property), property);
    else isOfAll = true;
  };
  const hint: Hint = {
    get(table, ...key) {
      within(table, key[0]);
      return add(`${table}\0${namesOf(key)}`, () => ({ kind: 'row', table, key })) as never;
    },
    find(table, index, prefix, options = {}) {
      within(table, isWithinOne(table, index, prefix) ? prefix[0] : undefined);
      const { limit, reverse = false, from, before } = options;
      const name = `${table}\0${index}\0${namesOf(prefix)}\0${limit}${reverse ? '<' : '>'}${nameOf(from)}\0${nameOf(before)}`;
      return add(name, () => aheadOf(table, index, prefix, options)) as never;
    },
  };
  for (const { hints, input } of calls) {
    if (hints === undefined) continue;
    try {
      hints(hint, input);
    } catch {}
  }
  const locks: Locks = { installation: isOfAll ? 'exclusive' : 'shared', properties };
  return { asked, locks, further: [...further.values()] };
}

class Row implements HintedRow<TableName> {
  readonly place: number;
  constructor(place: number) {
    this.place = place;
  }
  of(column: string, { otherwise = null, plus = 0 }: { otherwise?: KeyValue; plus?: number } = {}): Column {
    return { row: this, column, otherwise, plus };
  }
}

export function isColumn(value: HintedValue | undefined): value is Column {
  return typeof value === 'object' && value !== null;
}

function nameOf(value: HintedValue | undefined): string {
  if (typeof value === 'string') return `'${value}`;
  return isColumn(value) ? `#${value.row.place}.${value.column}.${value.otherwise}.${value.plus}` : String(value);
}

function namesOf(values: readonly HintedValue[]): string {
  let name = '';
  for (const value of values) name += `${nameOf(value)}\0`;
  return name;
}

function aheadOf(table: TableName, index: string, prefix: readonly HintedValue[], options: HintedOptions): AskedAhead {
  const { limit, reverse = false, from, before } = options;
  const plan = { reverse, limit, from, before, isRange: from !== undefined || before !== undefined, after: undefined };
  const find = { table, index, prefix, options, plan, shape: shapeOf(table, index), name: '' };
  return { kind: 'rows', find, most: limit === undefined ? undefined : limit + SPARE };
}

/** Null where a row is missing that it depends on, so that nobody will ask for it. */
export function resolve(asked: AskedAhead, valueIn: (column: Column) => KeyValue): Asked | null {
  const values = (from: readonly HintedValue[]): KeyValue[] | null => {
    const found = from.map((value) => (isColumn(value) ? valueIn(value) : value));
    return found.some((value, at) => value === null && from[at] !== null) ? null : found;
  };
  if (asked.kind === 'row') {
    const key = values(asked.key);
    return key === null ? null : { kind: 'row', table: asked.table, key };
  }
  const { table, index, prefix, options } = asked.find;
  const { from, before, ...others } = options;
  const fixed = values(prefix);
  const bounds = values([from, before].filter((value) => value !== undefined));
  if (fixed === null || bounds === null) return null;
  const concrete = {
    ...others,
    ...(from !== undefined && { from: bounds[0] as KeyValue }),
    ...(before !== undefined && { before: bounds.at(-1) as KeyValue }),
  };
  return { kind: 'rows', find: findOf(table, index, fixed, concrete), most: asked.most };
}

/** What stands in a column of what was found. */
export function columnsOf(found: readonly (AnyRow | null | readonly AnyRow[])[]): (column: Column) => KeyValue {
  return ({ row: { place }, column, otherwise, plus }) => {
    const answer = found[place];
    const row = Array.isArray(answer) ? answer[0] : answer;
    const value = (row?.[column] ?? otherwise) as KeyValue;
    return plus === 0 || value === null ? value : Number(value) + plus;
  };
}

/** Takes what a database has for what was asked ahead. `sees`: whether the group sees the rows of a property. */
export function learn(
  overlay: Overlay,
  asked: readonly AskedAhead[],
  found: readonly (AnyRow | null | readonly AnyRow[])[],
  sees: (propertyId: KeyValue | undefined) => boolean,
): void {
  const valueIn = columnsOf(found);
  asked.forEach((each, at) => {
    const known = resolve(each, valueIn);
    if (known === null) return;
    if (known.kind === 'row' ? isHidden(known.table, known.key[0]) : isHidden(known.find.table, known.find.prefix[0]))
      return;
    overlay.know(known, found[at] as AnyRow | null | readonly AnyRow[]);
  });
  function isHidden(table: TableName, propertyId: KeyValue | undefined): boolean {
    return isOfProperties(table) && !sees(propertyId);
  }
}

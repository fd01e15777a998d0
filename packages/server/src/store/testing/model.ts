import { shapeOfIndex, tableOf } from '../index-order.ts';
import type { TableName } from '../row-types.ts';
import type { Step } from './contract-transactions.ts';

type Row = Record<string, unknown>;
type Found = { readonly results: unknown[]; readonly thrown: boolean };

/** The store as one would explain it: lists that are searched from end to end. What every engine is compared with. */
export class StoreModel {
  #rows = new Map<TableName, Row[]>();

  run(steps: readonly Step[]): Found {
    const before = new Map([...this.#rows].map(([name, rows]) => [name, [...rows]]));
    const results: unknown[] = [];
    for (const step of steps) {
      const result = this.#carryOut(step);
      if (result === thrown) {
        this.#rows = before;
        return { results: [], thrown: true };
      }
      results.push(result);
    }
    return { results, thrown: false };
  }

  #carryOut(step: Step): unknown {
    if (step.do === 'throw') return thrown;
    const rows = this.#rows.get(step.table) ?? [];
    const { key } = tableOf(step.table);
    const hasKey = (row: Row, values: readonly unknown[]) => key.every((column, i) => row[column] === values[i]);
    switch (step.do) {
      case 'get':
        return rows.find((row) => hasKey(row, step.key)) ?? null;
      case 'remove':
        this.#rows.set(
          step.table,
          rows.filter((row) => !hasKey(row, step.key)),
        );
        return null;
      case 'put':
      case 'try-put': {
        const row = step.row as Row;
        const others = rows.filter(
          (other) =>
            !hasKey(
              other,
              key.map((column) => row[column]),
            ),
        );
        if (hasTwin(step.table, row, others)) return step.do === 'put' ? thrown : 'UniqueViolation';
        this.#rows.set(step.table, [...others, row]);
        return null;
      }
      case 'find': {
        const { own, order, where } = shapeOfIndex(step.table, step.index);
        const { reverse = false, from, before, after, limit } = step.options ?? {};
        const next = own[step.prefix.length] as string;
        const direction = reverse ? -1 : 1;
        return rows
          .filter((row) => where.every(([column, values]) => values.includes(row[column])))
          .filter((row) => step.prefix.every((value, i) => row[own[i] as string] === value))
          .filter((row) => (from === undefined && before === undefined) || row[next] !== null)
          .filter((row) => from === undefined || compare(row, { [next]: from }, [next]) >= 0)
          .filter((row) => before === undefined || compare(row, { [next]: before }, [next]) < 0)
          .filter(
            (row) => after === undefined || direction * compare(row, after as Row, order.slice(step.prefix.length)) > 0,
          )
          .sort((a, b) => direction * compare(a, b, order))
          .slice(0, limit);
      }
    }
  }
}

const thrown = Symbol('thrown');

function hasTwin(name: TableName, row: Row, others: readonly Row[]): boolean {
  return Object.values(tableOf(name).indexes).some(
    ({ columns, unique }) =>
      unique &&
      others.some((other) => columns.every((column) => row[column] !== null && row[column] === other[column])),
  );
}

function compare(a: Row, b: Row, order: readonly string[]): number {
  for (const column of order) {
    const x = a[column];
    const y = b[column];
    if (x === y) continue;
    if (x === null) return -1;
    if (y === null) return 1;
    return typeof x === 'string' ? Buffer.compare(Buffer.from(x), Buffer.from(String(y))) : Number(x) - Number(y);
  }
  return 0;
}

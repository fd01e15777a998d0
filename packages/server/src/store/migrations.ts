import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** One step of the tables' history. Once released it is never changed: a change is the next number. */
export interface Migration {
  readonly number: number;
  /** Its file's name, e.g. `0001-first-tables.sql`. */
  readonly name: string;
  readonly sql: string;
}

/** The migrations of a folder, in order: 1, 2, 3 … without a gap. */
export function readMigrationsIn(folder: URL): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, i) => {
    const number = Number(/^(\d{4})-/.exec(name)?.[1]);
    if (number !== i + 1) throw new Error(`migration ${name} should have number ${i + 1}`);
    // A checkout with Windows line ends is the same migration.
    return { number, name, sql: readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n') };
  });
}

/** Tells a migration from one that reads otherwise. */
export function sha256OfMigration({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

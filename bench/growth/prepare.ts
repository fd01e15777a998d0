import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import Database from 'better-sqlite3';
import type { Command } from '../command-line.ts';
import { makeDatabase } from '../properties/open-properties.ts';
import { type BenchDesk, PASSWORD_MD5, planProperties } from '../properties/plan-properties.ts';
import { putAccount, putDesks, putProperty } from '../properties/put-properties.ts';
import { createPutRow, type PutRow } from '../properties/put-row.ts';
import { type HistoryPlan, PLANS, type PlanName, ROOMS_OF_A_HOUSE, staysOf } from './history-plan.ts';
import { createPastIssues } from './past-issues.ts';

const DESKS_OF_A_HOUSE = 5;
/** The file that tells when a database was made. */
const MADE_AT = 'made-at';
const WHOLE_YEAR_MS = 365.25 * 24 * 3_600_000;

export interface Prepared {
  readonly plan: HistoryPlan;
  readonly dataFolder: string;
  /** Up to when its properties had guests. Unix milliseconds. */
  readonly madeAt: number;
  /** The desks of its properties; those of the property with the busy room come last. */
  readonly desks: readonly BenchDesk[];
}

/** `npm run bench -- growth --prepare` */
export async function prepare(
  { full, server, folder }: Extract<Command, { do: 'prepare' }>,
  say: (text: string) => void,
): Promise<number> {
  const names = full ? (['small', 'audited', 'large', 'full'] as const) : (['small', 'audited', 'large'] as const);
  for (const name of names) await prepareHistory(name, { checkout: server, folder, say });
  return 0;
}

/**
 * The database of a plan, made once for each version of the tables: in bulk, and with the rows that the server itself
 * leaves of an issue. Its audit logs hold.
 */
export async function prepareHistory(
  name: PlanName,
  {
    checkout,
    folder,
    say,
  }: { readonly checkout: string; readonly folder: string; readonly say: (text: string) => void },
): Promise<Prepared> {
  const plan: HistoryPlan = PLANS[name];
  const desks = planDesks(plan);
  const dataFolder = join(folder, `growth-${plan.cards}-${tablesOf(checkout)}`);
  const made = () => ({ plan, dataFolder, desks, madeAt: Number(readFileSync(join(dataFolder, MADE_AT), 'utf8')) });
  if (existsSync(dataFolder)) return made();
  const began = performance.now();
  say(`growth: making ${plan.cards.toLocaleString('en')} cards in ${dataFolder} …`);
  const unfinished = `${dataFolder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await makeDatabase({ checkout, dataFolder: unfinished });
  const now = Date.now();
  writeFileSync(join(unfinished, MADE_AT), String(now));
  await fill(join(unfinished, 'keyrack.db'), { plan, desks, now });
  renameSync(unfinished, dataFolder);
  say(`growth: made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return made();
}

/** Names the tables of a checkout: an older server can't open what a newer one has migrated, nor may a migration change. */
function tablesOf(checkout: string): string {
  const folder = join(checkout, 'packages/server/src/store/sqlite/migrations');
  const files = readdirSync(folder).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(folder, file)));
  return `${files.at(-1)?.slice(0, 4) ?? ''}-${hash.digest('hex').slice(0, 8)}`;
}

export function planDesks({ properties, busyRoom }: HistoryPlan): BenchDesk[] {
  return planProperties({
    desks: (properties + (busyRoom > 0 ? 1 : 0)) * DESKS_OF_A_HOUSE,
    desksPerProperty: DESKS_OF_A_HOUSE,
    encodersPerDesk: 1,
    cardsPerEncoder: 0,
    roomsPerDesk: ROOMS_OF_A_HOUSE / DESKS_OF_A_HOUSE,
  }).desks.slice();
}

/** Exported for its test. */
export async function fill(
  file: string,
  { plan, desks, now }: { readonly plan: HistoryPlan; readonly desks: readonly BenchDesk[]; readonly now: number },
): Promise<void> {
  const passwordHash = await argon2Passwords.hash(PASSWORD_MD5);
  const db = new Database(file);
  try {
    // What is unfinished when the power goes is made anew. A log would first have to be left, by another mode.
    for (const setting of [
      'journal_mode = DELETE',
      'journal_mode = OFF',
      'synchronous = OFF',
      'cache_size = -400000',
      'temp_store = MEMORY',
    ])
      db.pragma(setting);
    const putIndexesBack = takeIndexesAway(db);
    const put = createPutRow(db);
    db.exec('BEGIN');
    putAccount(put);
    putDesks(put, desks, [], passwordHash, 1);
    const properties = Map.groupBy(desks, ({ propertyId }) => propertyId);
    for (const [place, [propertyId, own]] of [...properties].entries()) {
      const isBusy = place === plan.properties;
      const stays = isBusy
        ? staysOf(1, plan.busyRoom, plan.years, now)
        : staysOf(ROOMS_OF_A_HOUSE, plan.cards / plan.properties / ROOMS_OF_A_HOUSE, plan.years, now);
      putPast(db, put, { propertyId, place, desks: own, stays, from: now - plan.years * WHOLE_YEAR_MS });
    }
    db.exec('COMMIT');
    putIndexesBack();
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
}

function putPast(
  db: Database.Database,
  put: PutRow,
  property: {
    readonly propertyId: string;
    readonly place: number;
    readonly desks: readonly BenchDesk[];
    readonly stays: ReturnType<typeof staysOf>;
    readonly from: number;
  },
): void {
  const { propertyId, place, desks, stays, from } = property;
  const rooms = desks.flatMap((desk) => desk.rooms);
  const first = putProperty(put, propertyId, desks, place, 1, Math.floor(from));
  const issues = createPastIssues(put, propertyId, place, first);
  let nth = 0;
  for (const stay of stays) {
    const room = rooms[stay.room];
    const desk = desks[nth % desks.length];
    if (room === undefined || desk === undefined)
      throw new Error(`the property ${propertyId} has no room ${stay.room}`);
    issues.issue(stay, room, desk);
    nth += 1;
  }
  const sequence = db.prepare('UPDATE rooms SET sequence = ? WHERE property_id = ? AND id = ?');
  for (const [room, highest] of issues.finish()) sequence.run(highest, propertyId, room);
}

/** Indexes are made faster over all rows than row by row. Returns what makes them again, as they were. */
function takeIndexesAway(db: Database.Database): () => void {
  const indexes = db
    .prepare<[], { readonly name: string; readonly sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all();
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
  return () => {
    for (const { sql } of indexes) db.exec(sql);
  };
}

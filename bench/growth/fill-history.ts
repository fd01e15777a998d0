import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import Database from 'better-sqlite3';
import { type BenchDesk, PASSWORD_MD5 } from '../properties/plan-properties.ts';
import { putAccount, putDesks, putProperty } from '../properties/put-properties.ts';
import { createPutRow, type PutRow } from '../properties/put-row.ts';
import { copyProperty } from './copy-property.ts';
import { type HistoryPlan, ROOMS_OF_A_HOUSE, staysOf } from './history-plan.ts';
import { createPastIssues } from './past-issues.ts';

const WHOLE_YEAR_MS = 365.25 * 24 * 3_600_000;

export interface Filling {
  readonly plan: HistoryPlan;
  readonly desks: readonly BenchDesk[];
  /** Up to when its properties had guests. Unix milliseconds. */
  readonly now: number;
  /** Told behind each step, in words for people. */
  readonly progress: (done: string) => void;
}

/**
 * Fills a new database in bulk: property by property, and then its indexes, each on disk before the next. One that was
 * broken off in between goes on where it was.
 */
export async function fillHistory(file: string, { plan, desks, now, progress }: Filling): Promise<void> {
  const passwordHash = await argon2Passwords.hash(PASSWORD_MD5);
  const db = new Database(file);
  try {
    // What is unfinished when the power goes may be lost. A log would write everything twice.
    for (const setting of ['journal_mode = DELETE', 'synchronous = OFF', 'cache_size = -400000', 'temp_store = MEMORY'])
      db.pragma(setting);
    const put = createPutRow(db);
    const state = stateOf(db);
    if (state === 'filled') return;
    if (state === 'empty') {
      db.transaction(() => {
        takeIndexesAway(db);
        putAccount(put);
        putDesks(put, desks, [], passwordHash, 1);
      })();
    }
    const properties = [...Map.groupBy(desks, ({ propertyId }) => propertyId).values()];
    const there = Number(db.prepare('SELECT count(*) FROM properties').pluck().get());
    for (const [place, own] of properties.entries()) {
      if (place < there) continue;
      db.transaction(() => fillProperty(db, put, { plan, properties, place, desks: own, now }))();
      const cards = plan.cards * Math.min(1, (place + 1) / plan.properties);
      progress(`${Math.round(cards).toLocaleString('en')} of ${plan.cards.toLocaleString('en')} cards`);
    }
    putIndexesBack(db, progress);
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
}

function fillProperty(
  db: Database.Database,
  put: PutRow,
  of: {
    readonly plan: HistoryPlan;
    readonly properties: readonly (readonly BenchDesk[])[];
    readonly place: number;
    readonly desks: readonly BenchDesk[];
    readonly now: number;
  },
): void {
  const { plan, properties, place, desks, now } = of;
  const [{ propertyId }] = desks as [BenchDesk];
  const from = Math.floor(now - plan.years * WHOLE_YEAR_MS);
  const first = putProperty(put, propertyId, desks, place, 1, from);
  const [model] = properties;
  if (plan.copied && place > 0 && model !== undefined) {
    copyProperty(db, model, desks);
    return;
  }
  const stays =
    place === plan.properties
      ? staysOf(1, plan.busyRoom, plan.years, now)
      : staysOf(ROOMS_OF_A_HOUSE, plan.cards / plan.properties / ROOMS_OF_A_HOUSE, plan.years, now);
  const rooms = desks.flatMap((desk) => desk.rooms);
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

/** Holds the indexes that are away. It is there from the first step to the last. */
const AWAY = 'bench_indexes_away';

function stateOf(db: Database.Database): 'empty' | 'begun' | 'filled' {
  if (db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(AWAY) !== undefined) return 'begun';
  return db.prepare('SELECT 1 FROM accounts').get() === undefined ? 'empty' : 'filled';
}

/** Indexes are made faster over all rows than row by row. */
function takeIndexesAway(db: Database.Database): void {
  db.exec(
    `CREATE TABLE ${AWAY} AS SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`,
  );
  const names = db.prepare<[], string>(`SELECT name FROM ${AWAY}`).pluck().all();
  for (const name of names) db.exec(`DROP INDEX "${name}"`);
}

/** Makes them again, as they were. */
function putIndexesBack(db: Database.Database, progress: Filling['progress']): void {
  const away = db.prepare<[], { readonly name: string; readonly sql: string }>(`SELECT name, sql FROM ${AWAY}`).all();
  for (const [place, { name, sql }] of away.entries()) {
    db.transaction(() => {
      db.exec(sql);
      db.prepare(`DELETE FROM ${AWAY} WHERE name = ?`).run(name);
    })();
    progress(`all cards, and ${place + 1} of ${away.length} indexes`);
  }
  db.exec(`DROP TABLE ${AWAY}`);
}

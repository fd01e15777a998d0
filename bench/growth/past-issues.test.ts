import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { INSTALLATION } from '@keyrack/server/domain/audit.ts';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPoster } from '../load/post.ts';
import { issueRequest } from '../load/requests.ts';
import { startServer, THIS_CHECKOUT } from '../parts/keyrack-server.ts';
import { killParts } from '../parts/part.ts';
import { makeDatabase, openProperties, startLoad } from '../properties/open-properties.ts';
import { fillHistory } from './fill-history.ts';
import { planDesks } from './prepare.ts';

/** What is made in bulk must be what the server itself leaves of an issue: else a bench measures another database. */

type Row = Readonly<Record<string, unknown>>;

const CARDS = 80;
const PLAN = { cards: CARDS, properties: 1, years: 0.01, busyRoom: 0, copied: false };
const progress = () => undefined;
const folder = mkdtempSync(join(tmpdir(), 'keyrack-growth-'));
const made = join(folder, 'made');
const real = join(folder, 'real');

beforeAll(async () => {
  mkdirSync(made);
  await makeDatabase({ checkout: THIS_CHECKOUT, dataFolder: made });
  await fillHistory(join(made, 'keyrack.db'), { plan: PLAN, desks: planDesks(PLAN), now: Date.now(), progress });

  // Two guests of one room, one after the other, each at a desk with a blank card.
  const plan = { desks: 2, desksPerProperty: 2, encodersPerDesk: 1, cardsPerEncoder: 1, roomsPerDesk: 1 };
  const load = startLoad();
  const opened = await openProperties({ checkout: THIS_CHECKOUT, dataFolder: real, plan, load });
  const poster = createPoster(opened.server.url);
  const room = opened.properties.desks[0]?.rooms[0];
  for (const [nth, desk] of opened.properties.desks.entries()) {
    if (room === undefined) throw new Error('the property has no room');
    const { body } = await poster.post(issueRequest(desk, desk.encoders[0]?.mac ?? '', room, nth));
    expect(JSON.parse(body)).toMatchObject({ status: 200 });
  }
  poster.close();
  await opened.close();
});

afterAll(() => {
  killParts();
  rmSync(folder, { recursive: true, force: true });
});

/** The rows of the last issue that ended an earlier card, by table, in the order of their writing. */
function rowsOf(dataFolder: string): Record<string, readonly Row[]> {
  const db = new Database(join(dataFolder, 'keyrack.db'), { readonly: true });
  try {
    const all = (sql: string, ...of: unknown[]) => db.prepare(sql).all(...of) as Row[];
    const [ended] = all("SELECT operation_id FROM audit WHERE action = 'card-superseded' ORDER BY number DESC LIMIT 1");
    const id = ended?.operation_id;
    const [operation] = all('SELECT * FROM operations WHERE id = ?', id);
    return {
      operations: operation === undefined ? [] : [operation],
      records: all('SELECT * FROM card_records WHERE id = ?', operation?.record_id),
      endedRecords: all("SELECT * FROM card_records WHERE status = 'superseded' ORDER BY ended_at DESC LIMIT 1"),
      cards: all('SELECT * FROM cards WHERE serial = ?', operation?.serial),
      audit: all('SELECT * FROM audit WHERE operation_id = ? ORDER BY number', id),
      events: all('SELECT * FROM room_events WHERE id LIKE ? ORDER BY kind', `${id} %`),
    };
  } finally {
    db.close();
  }
}

/** What a value is: its kind, and for structures the kinds of all that is in them. Short words stand for themselves. */
function kindOf(value: unknown): unknown {
  if (value === null || typeof value === 'number') return value === null ? null : 'number';
  if (Array.isArray(value)) return value.map(kindOf);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, kindOf(of)]));
  const text = String(value);
  if (text.startsWith('{')) return kindOf(JSON.parse(text));
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/\b(?:[0-9a-f]{2})+\b/gi, (digits) => (digits.length > 8 ? `HEX${digits.length}` : digits));
}

test.each(['operations', 'records', 'endedRecords', 'cards', 'audit', 'events'])(
  'of an issue, the rows of %s are those that the server writes',
  (table) => {
    const [ofMade, ofReal] = [made, real].map((each) =>
      rowsOf(each)[table]?.map(({ owner: _owner, holder: _holder, property_id: _property, ...row }) => kindOf(row)),
    );
    expect(ofReal).not.toEqual([]);
    expect(ofMade).toEqual(ofReal);
  },
);

describe('a database that was made in bulk', () => {
  test('has as many cards, records and operations as were planned, and all indexes', () => {
    const shapeOf = (dataFolder: string) => {
      const db = new Database(join(dataFolder, 'keyrack.db'), { readonly: true });
      const indexes = db
        .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE type = 'index' ORDER BY name")
        .pluck();
      const count = (name: string) => Number(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get());
      const found = { indexes: indexes.all(), counts: ['cards', 'card_records', 'operations'].map(count) };
      db.close();
      return found;
    };
    expect(shapeOf(made).indexes).toEqual(shapeOf(real).indexes);
    expect(shapeOf(made).counts).toEqual([CARDS, CARDS, CARDS]);
  });

  test('passes keyrack audit verify', async () => {
    const server = await startServer({ checkout: THIS_CHECKOUT, dataFolder: made });
    const main = join(THIS_CHECKOUT, 'packages/cli/src/main.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [main, 'audit', 'verify', '--data', made]);
    await server.stop();
    // Each issue writes three, each but the first of a room one more for the card that it ended, and the property one.
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ records: 1 + 3 * CARDS + (CARDS - 40), brokenAt: null }),
      expect.objectContaining({ property: INSTALLATION, brokenAt: null }),
    ]);
  });
});

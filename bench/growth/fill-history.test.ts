import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INSTALLATION } from '@keyrack/server/domain/audit.ts';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { THIS_CHECKOUT } from '../parts/keyrack-server.ts';
import { killParts } from '../parts/part.ts';
import { makeDatabase } from '../properties/open-properties.ts';
import { fillHistory } from './fill-history.ts';
import type { HistoryPlan } from './history-plan.ts';
import { planDesks } from './prepare.ts';

const PLAN: HistoryPlan = { cards: 160, properties: 2, years: 0.01, busyRoom: 3, copied: false };
const NOW = Date.UTC(2026, 10, 30);
const folder = mkdtempSync(join(tmpdir(), 'keyrack-fill-'));

afterAll(() => {
  killParts();
  rmSync(folder, { recursive: true, force: true });
});

class BrokenOff extends Error {}

/** Fills a database, breaks off behind so many steps each time, and goes on until it is filled. */
async function fillWithBreaks(name: string, plan: HistoryPlan, stepsOfATry: number) {
  const dataFolder = join(folder, name);
  mkdirSync(dataFolder);
  await makeDatabase({ checkout: THIS_CHECKOUT, dataFolder });
  const file = join(dataFolder, 'keyrack.db');
  const told: string[] = [];
  for (let tries = 1; ; tries += 1) {
    let left = stepsOfATry;
    const progress = (done: string) => {
      told.push(done);
      left -= 1;
      if (left === 0) throw new BrokenOff();
    };
    try {
      await fillHistory(file, { plan, desks: planDesks(plan), now: NOW, progress });
      return { file, told, tries };
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
    }
  }
}

function contentOf(file: string) {
  const db = new Database(file, { readonly: true });
  try {
    const schema = db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
    // Hashes and sealed keys are salted anew each time.
    // The log of the installation tells of its owner's key, which is drawn.
    const rowsOf = (table: string) =>
      db.prepare(`SELECT * FROM ${table} WHERE property_id <> ? ORDER BY property_id`).all(INSTALLATION);
    const tables = ['room_events', 'card_records', 'cards', 'operations', 'audit', 'rooms', 'encoders'];
    return { schema, rows: tables.map(rowsOf) };
  } finally {
    db.close();
  }
}

describe('a database that is made in bulk', () => {
  test('goes on where it was broken off, and ends as one that was not', async () => {
    const whole = await fillWithBreaks('whole', PLAN, Number.POSITIVE_INFINITY);
    const broken = await fillWithBreaks('broken', PLAN, 2);
    expect(whole.tries).toBe(1);
    expect(broken.tries).toBeGreaterThan(3);
    expect(broken.told.filter((done) => done.includes('of 160 cards'))).toEqual(
      whole.told.filter((done) => done.includes('of 160 cards')),
    );
    expect(contentOf(broken.file)).toEqual(contentOf(whole.file));
    // Filled already: nothing is done, and nothing told.
    await fillHistory(broken.file, {
      ...{ plan: PLAN, desks: planDesks(PLAN), now: NOW },
      progress: (done) => expect.unreachable(done),
    });
  });

  test('gives a copied property the history of the first, under its own rooms, people, desks and encoders', async () => {
    const { file } = await fillWithBreaks('copied', { ...PLAN, busyRoom: 0, copied: true }, Number.POSITIVE_INFINITY);
    const db = new Database(file, { readonly: true });
    const count = (sql: string) => db.prepare(sql).pluck().all();
    const byProperty = (table: string) =>
      count(`SELECT count(*) FROM ${table} GROUP BY property_id ORDER BY property_id`);
    const strangers = (table: string, column: string, of: string, key = 'id') =>
      count(
        `SELECT count(*) FROM ${table} WHERE ${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${of}
         WHERE ${of}.property_id = ${table}.property_id AND ${of}.${key} = ${table}.${column})`,
      );
    try {
      expect(byProperty('operations')).toEqual([80, 80]);
      for (const table of ['room_events', 'card_records', 'cards', 'audit']) {
        const [first, copy] = byProperty(table);
        expect(first, table).toBeGreaterThan(0);
        expect(copy, table).toBe(first);
      }
      expect(strangers('room_events', 'room_id', 'rooms')).toEqual([0]);
      expect(strangers('room_events', 'member_id', 'members')).toEqual([0]);
      expect(strangers('card_records', 'room_id', 'rooms')).toEqual([0]);
      expect(strangers('operations', 'agent_id', 'agents')).toEqual([0]);
      expect(strangers('operations', 'encoder', 'encoders', 'mac')).toEqual([0]);
      expect(count('SELECT count(*) FROM rooms WHERE sequence = 0')).toEqual([0]);
    } finally {
      db.close();
    }
  });
});

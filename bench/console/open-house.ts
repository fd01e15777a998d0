import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SESSIONS } from '@keyrack/server/domain/limits.ts';
import { subjectOfSession } from '@keyrack/server/domain/session.ts';
import { hashToken, lookupOfKind } from '@keyrack/server/domain/token.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import Database from 'better-sqlite3';
import { staysOf } from '../growth/history-plan.ts';
import { createPastIssues } from '../growth/past-issues.ts';
import type { Aim } from '../load/load-main.ts';
import { startServer } from '../parts/keyrack-server.ts';
import type { Part } from '../parts/part.ts';
import { connectAgents, makeDatabase, type OpenProperties } from '../properties/open-properties.ts';
import { BUILDING_NO, idOf, PASSWORD_MD5, planProperties } from '../properties/plan-properties.ts';
import { putAccount, putDesks, putProperty } from '../properties/put-properties.ts';
import { createPutRow } from '../properties/put-row.ts';

/** One house of 1,000 rooms on 25 floors, with 25 front desks. */
const DESKS = 25;
const ROOMS_OF_A_FLOOR = 40;
const ROOMS = DESKS * ROOMS_OF_A_FLOOR;
const PLAN = {
  desks: DESKS,
  desksPerProperty: DESKS,
  encodersPerDesk: 3,
  cardsPerEncoder: 8,
  roomsPerDesk: ROOMS_OF_A_FLOOR,
};
const YEARS = 1;

/** The rooms of each front desk stand on a floor of their own, above the one that every house of the bench has. */
const floorOf = (desk: number) => String(desk + 2).padStart(3, '0');

export interface OpenHouse extends Pick<OpenProperties, 'server' | 'name' | 'close'> {
  /** Tokens of sessions of receptionists, one for each console. */
  readonly sessions: readonly string[];
  readonly propertyId: string;
  /** Ids of its encoders. */
  readonly encoders: readonly number[];
}

/** A server on a house that has so many past cards, with its front desks connected. */
export async function openHouse(options: {
  readonly checkout: string;
  readonly dataFolder: string;
  readonly cards: number;
  readonly consoles: number;
  readonly load: Part;
  readonly execArgv: readonly string[];
}): Promise<OpenHouse> {
  const { checkout, dataFolder, cards, consoles, load, execArgv } = options;
  mkdirSync(dataFolder, { recursive: true });
  await makeDatabase({ checkout, dataFolder });
  const desks = planProperties(PLAN).desks.map((desk, at) => ({
    ...desk,
    rooms: desk.rooms.map((room) => ({ ...room, floorNo: floorOf(at) })),
  }));
  const { agents, keys } = await connectAgents.prepare(desks.length);
  const passwordHash = await argon2Passwords.hash(PASSWORD_MD5);
  const sessions = Array.from({ length: consoles }, () => drawToken('session'));
  const propertyId = desks[0]?.propertyId ?? '';
  let encoders: readonly number[] = [];
  const db = new Database(join(dataFolder, 'keyrack.db'));
  try {
    // Nothing of it must outlive a power cut.
    db.pragma('synchronous = OFF');
    db.transaction(() => {
      const put = createPutRow(db);
      const now = Date.now();
      putAccount(put);
      putDesks(put, desks, keys, passwordHash, 1);
      const audit = putProperty(put, propertyId, desks, 0, 1, now - YEARS * 366 * 86_400_000);
      const issues = createPastIssues(put, propertyId, 0, audit);
      const rooms = desks.flatMap((desk) => desk.rooms);
      let nth = 0;
      for (const stay of staysOf(ROOMS, cards / ROOMS, YEARS, now)) {
        const [room, desk] = [rooms[stay.room], desks[nth % desks.length]];
        if (room !== undefined && desk !== undefined) issues.issue(stay, room, desk);
        nth += 1;
      }
      const sequence = db.prepare('UPDATE rooms SET sequence = ? WHERE property_id = ? AND id = ?');
      for (const [room, highest] of issues.finish()) sequence.run(highest, propertyId, room);
      // Its rooms stand on floors, as in a house.
      const place = db.prepare('UPDATE rooms SET floor_id = ?, joined_no = ? WHERE property_id = ? AND id = ?');
      for (const [at, desk] of desks.entries()) {
        const floor = idOf('floor', at + 1, 1);
        const no = floorOf(at);
        put('floors', { propertyId, id: floor, buildingId: idOf('building', 0, 1), no, name: no });
        for (const { id, no: room } of desk.rooms) place.run(floor, BUILDING_NO + no + room, propertyId, id);
      }
      for (const [at, token] of sessions.entries()) {
        const of = { kind: 'member', propertyId, memberId: desks[at % desks.length]?.memberId ?? '' } as const;
        put('sessions', {
          ...{ id: idOf('member', 10_000 + at, 1), of, subject: subjectOfSession(of), state: 'open' },
          ...{ lookup: lookupOfKind('session', token) ?? '', secretHash: hashToken(token) },
          ...{ createdAt: now, lastUsedAt: now, expiresAt: now + SESSIONS.longestMs },
          ...{ from: '127.0.0.1', client: 'bench' },
        });
      }
      encoders = db.prepare('SELECT id FROM encoders ORDER BY id').pluck().all() as number[];
    })();
  } finally {
    db.close();
  }
  const server = await startServer({ checkout, dataFolder, execArgv });
  await connectAgents.connect(agents, { desks, url: server.url });
  await load.ask('aim', { server: dataFolder, url: server.url, desks } satisfies Aim);
  return {
    server,
    ...{ sessions, propertyId, encoders },
    name: dataFolder,
    close: async () => {
      await agents.kill();
      await server.stop();
    },
  };
}

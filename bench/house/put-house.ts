import { chainAudit } from '@keyrack/server/domain/audit.ts';
import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import { createSealer, PURPOSE } from '@keyrack/server/runtime/sealed-secret.ts';
import Database from 'better-sqlite3';
import { MASTER_KEY } from '../parts/keyrack-server.ts';
import {
  ACCOUNT,
  AREA_CODE,
  type BenchDesk,
  BUILDING_NO,
  FLOOR_NO,
  type House,
  idOf,
  PASSWORD_MD5,
  TIME_ZONE,
} from './house.ts';
import { createPutRow, type PutRow } from './put-row.ts';

/** The property card key of every house, 32 bytes. */
export const CARD_KEY = new Uint8Array(32).fill(9);
export const CARD_KEY_VERSION = 1;

/** The public key of each agent, in the order of the desks. */
export type AgentKeys = readonly string[];

/** Puts a house into the database of a server that isn't running. */
export async function putHouse(file: string, house: House, keys: AgentKeys, series = 1): Promise<void> {
  const passwordHash = await argon2Passwords.hash(PASSWORD_MD5);
  const sealer = createSealer([{ version: 1, key: MASTER_KEY }]);
  const db = new Database(file);
  try {
    // Nothing of it must outlive a power cut.
    db.pragma('synchronous = OFF');
    db.transaction(() => {
      const put = createPutRow(db);
      const isKnown = db.prepare('SELECT 1 FROM accounts WHERE sid = ?').get(ACCOUNT.sid) !== undefined;
      if (!isKnown) {
        const sealedToken = sealer.seal(new TextEncoder().encode(ACCOUNT.token), PURPOSE.accountToken);
        put('accounts', { sid: ACCOUNT.sid, name: 'Bench', sealedToken, state: 'active' });
      }
      const properties = Map.groupBy(house.desks, ({ propertyId }) => propertyId);
      let place = 0;
      for (const [propertyId, desks] of properties) {
        putProperty(put, propertyId, desks, sealer.seal(CARD_KEY, PURPOSE.propertyCardKey), place, series);
        place += 1;
      }
      house.desks.forEach((desk, d) => {
        putDesk(put, desk, d, keys[d] ?? '', passwordHash);
      });
    })();
  } finally {
    db.close();
  }
}

function putProperty(
  put: PutRow,
  propertyId: string,
  desks: readonly BenchDesk[],
  sealed: string,
  place: number,
  series: number,
): void {
  const number = desks[0]?.propertyNumber ?? '';
  const cardKeys = [{ version: CARD_KEY_VERSION, sealed }];
  put('properties', { id: propertyId, number, name: `Inn ${number}`, timeZone: TIME_ZONE, cardKeys });
  put('accountProperties', { propertyId, accountSid: ACCOUNT.sid });
  const buildingId = idOf('building', place, series);
  const floorId = idOf('floor', place, series);
  put('buildings', { propertyId, id: buildingId, no: BUILDING_NO, name: 'Main' });
  put('floors', { propertyId, id: floorId, buildingId, no: FLOOR_NO, name: 'First' });
  for (const { id, no, lockNumber } of desks.flatMap(({ rooms }) => rooms)) {
    put('rooms', {
      propertyId,
      id,
      buildingId,
      floorId,
      no,
      name: `Room ${no}`,
      lockType: 'QRBLOCK',
      lockNumber,
      sequence: 0,
      gateway: false,
      joinedNo: BUILDING_NO + FLOOR_NO + no,
    });
  }
  put(
    'audit',
    chainAudit(undefined, {
      propertyId,
      at: Date.now(),
      action: 'property-changed',
      actor: 'operator',
      operationId: null,
      details: JSON.stringify({ setUp: true }),
    }),
  );
}

function putDesk(put: PutRow, desk: BenchDesk, d: number, publicKey: string, passwordHash: string): void {
  const { propertyId, agentId, memberId, mobile, encoders } = desk;
  put('members', {
    propertyId,
    id: memberId,
    name: `Member ${d + 1}`,
    role: 'receptionist',
    areaCode: AREA_CODE,
    mobile,
    email: null,
    passwordHash,
    issuingPermission: true,
    active: true,
    version: 1,
  });
  put('agents', {
    propertyId,
    id: agentId,
    name: `Desk ${d + 1}`,
    tokenHash: null,
    publicKey,
    state: 'active',
    session: 0,
    instance: null,
    journal: null,
    cursor: null,
    attention: null,
  });
  encoders.forEach(({ mac }, e) => {
    put('encoders', {
      propertyId,
      mac,
      id: d * encoders.length + e + 1,
      name: `Encoder ${e + 1}`,
      agentId,
      forSignedIn: false,
      unlifted: [],
      ownership: 'settled',
    });
  });
}

import { type AuditRecord, chainAudit } from '@keyrack/server/domain/audit.ts';
import { newAccount, newMember } from '@keyrack/server/domain/people.ts';
import { newAgent, newEncoder, newProperty } from '@keyrack/server/domain/places.ts';
import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import { createSealer, PURPOSE } from '@keyrack/server/runtime/sealed-secret.ts';
import Database from 'better-sqlite3';
import { MASTER_KEY } from '../parts/keyrack-server.ts';
import {
  ACCOUNT,
  AREA_CODE,
  type BenchDesk,
  type BenchProperties,
  BUILDING_NO,
  FLOOR_NO,
  idOf,
  PASSWORD_MD5,
  TIME_ZONE,
} from './plan-properties.ts';
import { createPutRow, type PutRow } from './put-row.ts';

/** The property card key of every property, 32 bytes. */
export const CARD_KEY = new Uint8Array(32).fill(9);
export const CARD_KEY_VERSION = 1;

/** Encoders are numbered within their property. */
const ENCODERS_OF_A_SERIES = 10_000;

/** The public key of each agent, in the order of the desks. */
export type AgentKeys = readonly string[];

/** Puts a property into the database of a server that isn't running. */
export async function putProperties(
  file: string,
  property: BenchProperties,
  keys: AgentKeys,
  series = 1,
): Promise<void> {
  const passwordHash = await passwordHashOfAll();
  inDatabase(file, (put) => {
    putAccount(put);
    let place = 0;
    for (const [propertyId, desks] of Map.groupBy(property.desks, (desk) => desk.propertyId)) {
      putProperty(put, propertyId, desks, place, series);
      place += 1;
    }
    putDesks(put, property.desks, keys, passwordHash, series);
  });
}

/** Puts further front desks into the properties of a property that is there. */
export async function putFurtherDesks(
  file: string,
  desks: readonly BenchDesk[],
  keys: AgentKeys,
  series: number,
): Promise<void> {
  const passwordHash = await passwordHashOfAll();
  inDatabase(file, (put) => putDesks(put, desks, keys, passwordHash, series));
}

export function passwordHashOfAll(): Promise<string> {
  return argon2Passwords.hash(PASSWORD_MD5);
}

function inDatabase(file: string, work: (put: PutRow) => void): void {
  const db = new Database(file);
  try {
    // Nothing of it must outlive a power cut.
    db.pragma('synchronous = OFF');
    db.transaction(() => work(createPutRow(db)))();
  } finally {
    db.close();
  }
}

const sealer = createSealer([{ version: 1, key: MASTER_KEY }]);

export function putAccount(put: PutRow): void {
  const sealedToken = sealer.seal(new TextEncoder().encode(ACCOUNT.token), PURPOSE.accountToken);
  put('accounts', newAccount({ sid: ACCOUNT.sid, name: 'Bench', sealedToken }));
}

export function putDesks(
  put: PutRow,
  desks: readonly BenchDesk[],
  keys: AgentKeys,
  passwordHash: string,
  series: number,
): void {
  desks.forEach((desk, d) => {
    putDesk(put, desk, { place: d, series, publicKey: keys[d] ?? '', passwordHash });
  });
}

/** A property with the rooms of its desks, and the first link of its audit log, which is answered. */
export function putProperty(
  put: PutRow,
  propertyId: string,
  desks: readonly BenchDesk[],
  place: number,
  series: number,
  at = Date.now(),
): AuditRecord {
  const sealed = sealer.seal(CARD_KEY, PURPOSE.propertyCardKey);
  const number = desks[0]?.propertyNumber ?? '';
  const property = { id: propertyId, number, name: `Inn ${number}`, timeZone: TIME_ZONE };
  put('properties', newProperty({ ...property, sealedCardKey: sealed }));
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
  const first = chainAudit(undefined, {
    propertyId,
    at,
    action: 'property-changed',
    actor: 'operator',
    operationId: null,
    details: JSON.stringify({ setUp: true }),
  });
  put('audit', first);
  return first;
}

function putDesk(
  put: PutRow,
  desk: BenchDesk,
  of: { readonly place: number; readonly series: number; readonly publicKey: string; readonly passwordHash: string },
): void {
  const { place: d, series, publicKey, passwordHash } = of;
  const { propertyId, agentId, memberId, mobile, encoders } = desk;
  const member = newMember({
    propertyId,
    id: memberId,
    name: `Member ${d + 1}`,
    role: 'receptionist',
    areaCode: AREA_CODE,
    mobile,
    passwordHash,
    issuingPermission: true,
  });
  put('members', member);
  put('agents', newAgent({ propertyId, id: agentId, name: `Desk ${d + 1}`, publicKey }));
  encoders.forEach(({ mac }, e) => {
    const id = series * ENCODERS_OF_A_SERIES + d * encoders.length + e;
    put('encoders', newEncoder({ propertyId, mac, id, name: `Encoder ${e + 1}`, agentId, forSignedIn: false }));
  });
}

import { createHash, randomBytes } from 'node:crypto';
import {
  agentId,
  deriveLockKey,
  deriveSharedDoorKey,
  type EncoderInfo,
  type Lock,
  newRoomLock,
  newSharedLock,
  PROPERTY_CARD_KEY_BYTES,
  propertyTagOf,
} from '@keyrack/protocol';
import { chainAudit } from '../domain/audit.ts';
import { newProperty, type Room } from '../domain/places.ts';
import { DEMO_FACT } from '../queries/database-use.ts';
import type { Passwords } from '../runtime/password.ts';
import { PURPOSE, type Sealer } from '../runtime/sealed-secret.ts';
import type { TableRow } from '../transactions/property/put-rows.ts';
import { type DemoPlastic, demoCards } from './cards.ts';
import { DEMO_PERSON, demoAccount, demoAgent, demoEncoders, demoMembers } from './people.ts';
import { PUBLISHED } from './published.ts';
import { demoPlaces } from './rooms.ts';

export interface DemoWorldInput {
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  /** Unix milliseconds. */
  readonly now: number;
  readonly newId: () => string;
}

/** What the front-desk computer of the demonstration has. */
export interface DemoDesk {
  readonly agentId: string;
  /** Its enrolment token, 43 characters of base64url. The database has only the hash. */
  readonly token: string;
  readonly encoders: readonly EncoderInfo[];
  readonly plastics: readonly DemoPlastic[];
  /** The locks of the property: each room's by building, floor and room number run together, and the lobby's. */
  readonly doors: ReadonlyMap<string, Lock>;
}

/**
 * A whole property: rows for `putRows`, and the desk that goes with them. Card keys and the agent's token are new each
 * time; the credentials are the published ones, and the fact `demo` marks the database for it.
 */
export async function demoWorld(input: DemoWorldInput): Promise<{ rows: TableRow[]; desk: DemoDesk }> {
  const { sealer, passwords, now, newId } = input;
  const propertyId = newId();
  const propertyCardKey = new Uint8Array(randomBytes(PROPERTY_CARD_KEY_BYTES));
  const token = randomBytes(32).toString('base64url');
  const id = agentId.parse(newId());

  const places = demoPlaces(propertyId, newId);
  const { cards, records, rooms, plastics } = demoCards({
    propertyId,
    propertyCardKey,
    rooms: places.rooms,
    now,
    newId,
  });
  const encoders = demoEncoders(propertyId, id);
  const [published, person] = await Promise.all([
    passwords.hash(PUBLISHED.passwordMd5),
    passwords.hash(createHash('md5').update(DEMO_PERSON.password).digest('hex')),
  ]);
  const members = demoMembers(propertyId, { published, person }, newId);
  const property = newProperty({
    id: propertyId,
    number: PUBLISHED.propertyNumber,
    name: 'Keyrack Demo Hotel',
    timeZone: 'Asia/Shanghai',
    sealedCardKey: sealer.seal(propertyCardKey, PURPOSE.propertyCardKey),
  });
  const start = chainAudit(undefined, {
    propertyId,
    at: now,
    action: 'property-changed',
    actor: 'operator',
    operationId: null,
    details: JSON.stringify({ demo: true }),
  });

  const rows: TableRow[] = [
    { table: 'facts', row: { name: DEMO_FACT, value: String(now) } },
    { table: 'properties', row: property },
    {
      table: 'accounts',
      row: demoAccount(sealer.seal(new TextEncoder().encode(PUBLISHED.authToken), PURPOSE.accountToken)),
    },
    { table: 'accountProperties', row: { propertyId, accountSid: PUBLISHED.accountSid } },
    ...places.buildings.map((row): TableRow => ({ table: 'buildings', row })),
    ...places.floors.map((row): TableRow => ({ table: 'floors', row })),
    ...rooms.map((row): TableRow => ({ table: 'rooms', row })),
    ...members.map((row): TableRow => ({ table: 'members', row })),
    {
      table: 'agents',
      row: demoAgent(propertyId, id, createHash('sha256').update(token).digest('hex')),
    },
    ...encoders.map((row): TableRow => ({ table: 'encoders', row })),
    ...records.map((row): TableRow => ({ table: 'cardRecords', row })),
    ...cards.map((row): TableRow => ({ table: 'cards', row })),
    { table: 'audit', row: start },
  ];
  return {
    rows,
    desk: {
      agentId: id,
      token,
      encoders: encoders.map(({ mac, name, forSignedIn }) => ({ mac, name, forSignedIn })),
      plastics,
      doors: demoDoors(propertyId, propertyCardKey, rooms),
    },
  };
}

function demoDoors(propertyId: string, propertyCardKey: Uint8Array, rooms: readonly Room[]): Map<string, Lock> {
  const tag = propertyTagOf(propertyId);
  const doors = rooms.map(({ joinedNo, lockNumber }): [string, Lock] => [
    joinedNo,
    newRoomLock(tag, lockNumber, { version: 1, key: deriveLockKey(propertyCardKey, 1, lockNumber) }),
  ]);
  const lobby = newSharedLock(tag, { version: 1, key: deriveSharedDoorKey(propertyCardKey, 1) });
  return new Map([...doors, ['lobby', lobby]]);
}

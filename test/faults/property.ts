import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { diskCardBox, preparedCard } from '@keyrack/agent';
import { agentId, BLANK, type Chip, deriveCardKey, type Mac, mac, type Serial, serial } from '@keyrack/protocol';
import { contentFor, EARLY_MS, FLAG } from '@keyrack/server/domain/issue-image.ts';
import { type Member, newAccount, newMember } from '@keyrack/server/domain/people.ts';
import {
  type CardRecord,
  newAgent,
  newCardRecord,
  newEncoder,
  newProperty,
  type Room,
} from '@keyrack/server/domain/places.ts';
import { argon2Passwords } from '@keyrack/server/runtime/password.ts';
import { createSealer, PURPOSE } from '@keyrack/server/runtime/sealed-secret.ts';
import { openSqliteStore } from '@keyrack/server/store/index.ts';
import type { Transactions } from '@keyrack/server/transactions/index.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';

/** A property with front desks, each with two encoders, and cards that belong to one encoder's drawer. */
export interface TestProperty {
  readonly propertyId: string;
  readonly propertyNumber: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** For KEYRACK_MASTER_KEY. */
  readonly masterKey: Buffer;
  readonly cardKey: Uint8Array;
  readonly desks: readonly FrontDesk[];
}

export interface FrontDesk {
  readonly name: string;
  readonly agent: ReturnType<typeof agentId.parse>;
  readonly token: string;
  /** The agent's own folder. */
  readonly folder: string;
  readonly member: { readonly areaCode: string; readonly mobile: string; readonly passwordMd5: string };
  readonly encoders: readonly PropertyEncoder[];
}

export interface PropertyEncoder {
  readonly mac: Mac;
  readonly name: string;
  /** Its requests have card type 2 and name no encoder; otherwise type 4. */
  readonly forSignedIn: boolean;
  readonly drawer: readonly PropertyCard[];
}

export interface PropertyCard {
  readonly serial: Serial;
  readonly chip: Chip;
  readonly room: { readonly buildingNo: string; readonly floorNo: string; readonly roomNo: string };
}

const KEY_VERSION = 1;
const MINUTE_MS = 60_000;
const PASSWORD_MD5 = createHash('md5').update('a password of the fault tests').digest('hex');

/** Makes the database in `dataFolder` and the agents' folders in `agentsFolder`. Half of the cards are issued ones. */
export async function buildProperty({
  dataFolder,
  agentsFolder,
  desks,
  cardsPerEncoder,
}: {
  readonly dataFolder: string;
  readonly agentsFolder: string;
  readonly desks: number;
  readonly cardsPerEncoder: number;
}): Promise<TestProperty> {
  const masterKey = randomBytes(32);
  const sealer = createSealer([{ version: 1, key: masterKey }]);
  const cardKey = new Uint8Array(randomBytes(32));
  const propertyId = randomUUID();
  const building = { propertyId, id: randomUUID(), no: '001', name: 'TestProperty' };
  const accountSid = randomBytes(16).toString('hex');
  const authToken = randomBytes(15).toString('hex');
  const passwordHash = await argon2Passwords.hash(PASSWORD_MD5);
  const now = Date.now();
  const rows: TableRow[] = [
    {
      table: 'properties',
      row: newProperty({
        id: propertyId,
        number: '1316879946',
        name: 'TestProperty of faults',
        timeZone: 'Europe/Zurich',
        sealedCardKey: sealer.seal(cardKey, PURPOSE.propertyCardKey),
      }),
    },
    {
      table: 'accounts',
      row: newAccount({
        sid: accountSid,
        name: 'Load',
        sealedToken: sealer.seal(new TextEncoder().encode(authToken), PURPOSE.accountToken),
      }),
    },
    { table: 'accountProperties', row: { propertyId, accountSid } },
    { table: 'buildings', row: building },
  ];

  let rooms = 0;
  const frontDesks = Array.from({ length: desks }, (_, d): FrontDesk => {
    const agent = agentId.parse(randomUUID());
    const token = randomBytes(32).toString('base64url');
    const folder = join(agentsFolder, `desk-${d + 1}`);
    const box = diskCardBox(join(folder, 'cards'));
    const member = memberOf(propertyId, d, passwordHash);
    const floor = { propertyId, id: randomUUID(), buildingId: building.id, no: `00${d + 1}`, name: `Floor ${d + 1}` };
    rows.push({ table: 'floors', row: floor }, { table: 'members', row: member });
    rows.push({
      table: 'agents',
      row: newAgent({
        propertyId,
        id: agent,
        name: `Desk ${d + 1}`,
        tokenHash: createHash('sha256').update(token).digest('hex'),
      }),
    });
    const encoders = [false, true].map((forSignedIn, e): PropertyEncoder => {
      const encoderMac = mac.parse(`7C000000${String(d).padStart(2, '0')}0${e}`);
      const id = d * 2 + e + 1;
      const name = `Encoder ${id}`;
      rows.push({
        table: 'encoders',
        row: newEncoder({ propertyId, mac: encoderMac, id, name, agentId: agent, forSignedIn }),
      });
      const drawer = Array.from({ length: cardsPerEncoder }, (_unused, c): PropertyCard => {
        rooms += 1;
        const no = `R${String(rooms).padStart(4, '0')}`;
        const room: Room = {
          propertyId,
          id: randomUUID(),
          buildingId: building.id,
          floorId: floor.id,
          no,
          name: `Room ${no}`,
          lockType: forSignedIn ? 'RFLOCK-V9' : 'QRBLOCK',
          lockNumber: rooms,
          sequence: 0,
          gateway: false,
          joinedNo: building.no + floor.no + no,
        };
        const chip: Chip = c % 2 === 0 ? 'ntag-213' : 'classic-1k';
        const cardSerial = newSerial(chip);
        const key = deriveCardKey(cardKey, KEY_VERSION, cardSerial);
        if (c % 4 < 2) {
          const record = recordOf(room, cardSerial, now);
          const content = contentFor(record, room, cardSerial, { version: KEY_VERSION, key: cardKey });
          rows.push({ table: 'rooms', row: { ...room, sequence: record.sequence } });
          rows.push({ table: 'cardRecords', row: record });
          rows.push({
            table: 'cards',
            row: {
              propertyId,
              serial: cardSerial,
              plastic: 'written',
              content,
              knownInLife: 1,
              recordId: record.id,
              lastGranted: null,
              damagedBy: null,
            },
          });
          box.keep(preparedCard(cardSerial, chip, content, key));
        } else {
          rows.push({ table: 'rooms', row: room });
          box.keep(preparedCard(cardSerial, chip, BLANK));
        }
        return { serial: cardSerial, chip, room: { buildingNo: building.no, floorNo: floor.no, roomNo: no } };
      });
      return { mac: encoderMac, name, forSignedIn, drawer };
    });
    const signIn = { areaCode: member.areaCode ?? '', mobile: member.mobile ?? '', passwordMd5: PASSWORD_MD5 };
    return { name: `desk ${d + 1}`, agent, token, folder, member: signIn, encoders };
  });

  const store = await openSqliteStore<Transactions>({
    file: join(dataFolder, 'keyrack.db'),
    transactions: new URL(import.meta.resolve('@keyrack/server/transactions/index.ts')),
  });
  await store.run('putRows', { rows, onlyIfEmpty: true });
  await store.close();
  return { propertyId, propertyNumber: '1316879946', accountSid, authToken, masterKey, cardKey, desks: frontDesks };
}

/** The UID of a chip that nobody has seen. */
export function newSerial(chip: Chip): Serial {
  const uid = randomBytes(chip === 'classic-1k' ? 4 : 7)
    .toString('hex')
    .toUpperCase();
  return serial.parse(chip === 'classic-1k' ? uid : `04${uid.slice(2)}`);
}

function memberOf(propertyId: string, d: number, passwordHash: string): Member {
  return newMember({
    propertyId,
    id: randomUUID(),
    name: `Member ${d + 1}`,
    role: 'receptionist',
    areaCode: '41',
    mobile: `7900000${d + 1}`,
    passwordHash,
    issuingPermission: true,
  });
}

function recordOf(room: Room, cardSerial: Serial, now: number): CardRecord {
  const issuedAt = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return newCardRecord({
    propertyId: room.propertyId,
    id: randomUUID(),
    serial: cardSerial,
    roomId: room.id,
    validFrom: issuedAt - EARLY_MS,
    validUntil: issuedAt + 7 * 24 * 60 * MINUTE_MS,
    sequence: issuedAt / MINUTE_MS - 60,
    flags: FLAG.sharedDoors,
    keyVersion: KEY_VERSION,
    issuedAt,
  });
}

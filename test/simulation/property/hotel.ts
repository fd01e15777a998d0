import { createHash } from 'node:crypto';
import { factoryCard, type SimulatedCard } from '@keyrack/agent/encoder/simulated/card-memory.ts';
import { preparedCard } from '@keyrack/agent/encoder/simulated/prepared-card.ts';
import {
  type AgentId,
  BLANK,
  type CardContent,
  type CardKey,
  type Chip,
  deriveCardKey,
  type Mac,
  type Serial,
} from '@keyrack/protocol';
import type { ApiKey } from '@keyrack/server/domain/api-key.ts';
import { contentFor, FLAG } from '@keyrack/server/domain/issue-image.ts';
import { type CardType, cardTypeOf, type LockType } from '@keyrack/server/domain/lock-type.ts';
import { type Member, newAccount, newMember } from '@keyrack/server/domain/people.ts';
import {
  type Card,
  type CardRecord,
  newAgent,
  newCardRecord,
  newProperty,
  type Room,
} from '@keyrack/server/domain/places.ts';
import { type Session, subjectOfSession } from '@keyrack/server/domain/session.ts';
import { hashToken, TOKEN_PARTS, tokenOfKind } from '@keyrack/server/domain/token.ts';
import type { Tx } from '@keyrack/server/store/store.ts';
import { EPOCH } from '../clockwork/computer.ts';

/** The property that every seed plays in: what stands in its database, and what is on its cards, before anything happens. */

export const PROPERTY = 'house';
export const PROPERTY_NUMBER = '1316879946';
export const ACCOUNT = 'a'.repeat(32);
export const CARD_KEY: Uint8Array = new Uint8Array(32).fill(7);
const KEY_VERSION = 1;

const LOCK_TYPES: readonly LockType[] = ['QRMLOCK', 'RFLOCK-V9', 'QRNLOCK', 'QRLOCK', 'QRMLOCK', 'RFLOCK-V9'];
const VALID_UNTIL = EPOCH + 10 * 24 * 3_600_000;

/** One for each member that asks; cards that are out at the beginning are the first one's. */
export const GUESTS: readonly string[] = ['First guest', 'Second guest'];

export interface PropertyCard {
  readonly serial: Serial;
  readonly room: Room;
  readonly cardType: CardType;
  readonly record: CardRecord;
  readonly content: CardContent;
}

export const CARDS: readonly PropertyCard[] = LOCK_TYPES.map((lockType, i) => {
  const serial = `04A1B2C3D4E5${i.toString(16).toUpperCase().padStart(2, '0')}` as Serial;
  const room: Room = {
    propertyId: PROPERTY,
    id: `room ${i}`,
    buildingId: 'building',
    floorId: 'floor',
    no: String(101 + i),
    name: String(101 + i),
    lockType,
    lockNumber: 1 + i,
    sequence: 100,
    gateway: false,
    joinedNo: `11${101 + i}`,
  };
  const record = newCardRecord({
    propertyId: PROPERTY,
    id: `record ${i}`,
    serial,
    roomId: room.id,
    validFrom: EPOCH,
    validUntil: VALID_UNTIL,
    sequence: 100,
    flags: FLAG.sharedDoors,
    keyVersion: KEY_VERSION,
    owner: GUESTS[0] as string,
    issuedAt: EPOCH,
  });
  const content = contentFor(record, room, serial, { version: KEY_VERSION, key: CARD_KEY });
  return { serial, room, cardType: cardTypeOf(lockType), record, content };
});

const keys = new Map<Serial, readonly CardKey[]>(
  CARDS.map(({ serial }) => [serial, [deriveCardKey(CARD_KEY, KEY_VERSION, serial)]]),
);

export function keysOf(serial: Serial): readonly CardKey[] {
  return keys.get(serial) ?? [];
}

export interface PropertyMember {
  readonly row: Member;
  readonly mobile: string;
  readonly passwordMd5: string;
}

export const MEMBERS: readonly PropertyMember[] = ['Ada', 'Grace'].map((name, i) => {
  const passwordMd5 = createHash('md5').update(name).digest('hex');
  const mobile = `1380000000${i}`;
  return {
    mobile,
    passwordMd5,
    row: newMember({
      propertyId: PROPERTY,
      id: `member ${i}`,
      name,
      role: 'receptionist',
      areaCode: '86',
      mobile,
      passwordHash: passwordMd5,
      issuingPermission: true,
    }),
  };
});

/** Who asks over /v1: a program with an API key, or a member by their number, who is signed in there. */
export type Credential = 'key' | number;

const API_KEY_TOKEN = tokenOfKind('apiKey', 'p'.repeat(TOKEN_PARTS.lookup), 'p'.repeat(TOKEN_PARTS.secret));
export const API_KEY: ApiKey = {
  id: 'pms',
  lookup: 'p'.repeat(TOKEN_PARTS.lookup),
  secretHash: hashToken(API_KEY_TOKEN),
  name: 'PMS',
  scopes: ['cards'],
  properties: [PROPERTY],
  ownerKey: false,
  createdAt: EPOCH,
  expiresAt: null,
  revokedAt: null,
};

const SESSION_TOKENS = MEMBERS.map((_, i) =>
  tokenOfKind('session', `member${i}x`, String(i).repeat(TOKEN_PARTS.secret)),
);
export const SESSIONS: readonly Session[] = MEMBERS.map(({ row }, i) => {
  const of = { kind: 'member', propertyId: PROPERTY, memberId: row.id } as const;
  return {
    ...{ id: `session ${i}`, lookup: `member${i}x`, secretHash: hashToken(SESSION_TOKENS[i] as string) },
    ...{ of, subject: subjectOfSession(of), state: 'open', from: 'simulated', client: null },
    ...{ createdAt: EPOCH, lastUsedAt: EPOCH, expiresAt: EPOCH + 12 * 3_600_000 },
  };
});

export function tokenOf(by: Credential): string {
  return by === 'key' ? API_KEY_TOKEN : (SESSION_TOKENS[by] as string);
}

export interface PropertyAgent {
  readonly id: AgentId;
  readonly token: string;
  readonly tokenHash: string;
}

export const AGENTS: readonly PropertyAgent[] = [0, 1, 2].map((i) => {
  const token = Buffer.alloc(32, i + 1).toString('base64url');
  return {
    id: `00000000-0000-4000-a000-00000000000${i}` as AgentId,
    token,
    tokenHash: createHash('sha256').update(token).digest('hex'),
  };
});

/** The number of the encoder at a computer that runs a copy of an agent's folder. */
export const CLONE_ENCODER = 9;

export function macOf(agent: number, encoder: number): Mac {
  return `E0000000${agent}00${encoder}` as Mac;
}

/** Where cards lie on the second reader that answers to this MAC. */
export function twinOf(mac: Mac): Mac {
  return `F${mac.slice(1)}` as Mac;
}

/** The MAC that the reader at this place answers to. */
export function macAt(place: Mac): Mac {
  return `E${place.slice(1)}` as Mac;
}

/** The card that is kept out of all trouble, to see in the end whether the property works. */
export const SPARE = 4;
/** One more, for the second of two equal cards. */
export const SECOND_SPARE = 5;

export interface Setting {
  readonly agents: number;
  /** Chip of each card; as many cards as there are chips, besides the spare ones. */
  readonly chips: readonly Chip[];
  /** Which cards are blank and cancelled at the beginning. */
  readonly blank: readonly boolean[];
  /** Which of these are as their maker sold them, and unknown to the property. */
  readonly asSold: readonly boolean[];
  /** Whether some of it is asked for over /v1. */
  readonly overV1: boolean;
}

export function layOutCards(setting: Setting): SimulatedCard[] {
  return cardsOf(setting).map(({ card: { serial, content }, chip, erased, asSold }) => {
    const [key] = keysOf(serial);
    if (asSold) return factoryCard(serial, chip);
    return preparedCard(serial, chip, erased ? BLANK : content, key);
  });
}

interface LaidOut {
  readonly card: PropertyCard;
  readonly chip: Chip;
  readonly erased: boolean;
  readonly asSold: boolean;
}

export function sparesOf(overV1: boolean): number[] {
  return overV1 ? [SPARE, SECOND_SPARE] : [SPARE];
}

function cardsOf({ chips, blank, asSold, overV1 }: Setting): LaidOut[] {
  const drawn = chips.map((chip, i) => ({
    card: CARDS[i] as PropertyCard,
    chip,
    erased: blank[i] === true,
    asSold: asSold[i] === true,
  }));
  const spare = { chip: 'classic-1k', erased: true, asSold: false } as const;
  return [...drawn, ...sparesOf(overV1).map((card) => ({ card: CARDS[card] as PropertyCard, ...spare }))];
}

export function fillDatabase(tx: Tx, setting: Setting): void {
  tx.put('accounts', newAccount({ sid: ACCOUNT, name: 'PMS', sealedToken: 'token' }));
  const property = { id: PROPERTY, number: PROPERTY_NUMBER, name: 'TestProperty', timeZone: 'Asia/Shanghai' };
  tx.put('properties', newProperty({ ...property, sealedCardKey: 'sealed' }));
  tx.put('accountProperties', { propertyId: PROPERTY, accountSid: ACCOUNT });
  tx.put('buildings', { propertyId: PROPERTY, id: 'building', no: '1', name: '1' });
  tx.put('floors', { propertyId: PROPERTY, id: 'floor', buildingId: 'building', no: '1', name: '1' });
  for (const { row } of MEMBERS) tx.put('members', row);
  if (setting.overV1) {
    tx.put('apiKeys', API_KEY);
    for (const session of SESSIONS) tx.put('sessions', session);
  }
  for (const { id, tokenHash } of AGENTS.slice(0, setting.agents)) {
    tx.put('agents', newAgent({ propertyId: PROPERTY, id, name: id.slice(-1), tokenHash }));
  }
  for (const { card: of, erased, asSold } of cardsOf(setting)) {
    const { serial, room, record, content } = of;
    tx.put('rooms', room);
    if (asSold) continue;
    tx.put('cardRecords', erased ? { ...record, status: 'cancelled', endedAt: EPOCH } : record);
    const card: Card = {
      propertyId: PROPERTY,
      serial,
      plastic: erased ? 'erased' : 'written',
      content: erased ? BLANK : content,
      knownInLife: 1,
      recordId: record.id,
      lastGranted: null,
      damagedBy: null,
    };
    tx.put('cards', card);
  }
}

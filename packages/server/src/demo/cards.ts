import {
  BLANK,
  type CardContent,
  type CardKey,
  type Chip,
  cardTagOf,
  contentOf,
  deriveCardKey,
  deriveLockKey,
  deriveSharedDoorKey,
  encodeCardImage,
  issuedContent,
  type Mac,
  propertyTagOf,
  type Serial,
} from '@keyrack/protocol';
import { FLAG } from '../domain/issue-image.ts';
import { type Card, type CardRecord, newCardRecord, type Room } from '../domain/places.ts';
import { DEMO_CARDS, type DemoCardPlan, NEW_CARDS } from './card-list.ts';

/** A simulated piece of plastic, as it must be for the database to be right about it. */
export interface DemoPlastic {
  readonly serial: Serial;
  readonly chip: Chip;
  readonly content: CardContent;
  /** What the content is locked with. */
  readonly key: CardKey;
  readonly lyingOn: Mac | null;
}

export interface DemoCards {
  readonly cards: readonly Card[];
  readonly records: readonly CardRecord[];
  /** The rooms with the sequences that these cards have used up. */
  readonly rooms: readonly Room[];
  readonly plastics: readonly DemoPlastic[];
}

export interface DemoCardsInput {
  readonly propertyId: string;
  readonly propertyCardKey: Uint8Array;
  readonly rooms: readonly Room[];
  /** Unix milliseconds. */
  readonly now: number;
  readonly newId: () => string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A card is valid from this long before its issue, for slow lock clocks (docs/cards.md, "The card record"). */
const EARLY_MS = 10 * MINUTE_MS;
const KEY_VERSION = 1;

/** Cards, their records, and the plastic that agrees with both. */
export function demoCards(input: DemoCardsInput): DemoCards {
  const sequences = new Map<string, number>();
  const plastics: DemoPlastic[] = NEW_CARDS.map(({ serial, chip }) => ({
    serial,
    chip,
    content: BLANK,
    key: deriveCardKey(input.propertyCardKey, KEY_VERSION, serial),
    lyingOn: null,
  }));
  const cards: Card[] = [];
  const records: CardRecord[] = [];
  for (const plan of DEMO_CARDS) {
    const room = input.rooms.find(({ joinedNo }) => joinedNo === plan.room);
    if (room === undefined) throw new Error(`the demonstration has no room ${plan.room}`);
    const record = recordOf(plan, room, input);
    const content = contentNow(plan, record, room, input);
    sequences.set(room.id, Math.max(record.sequence, sequences.get(room.id) ?? 0));
    records.push(record);
    cards.push(cardOf(plan, record, content));
    // A lost card lies in nobody's drawer.
    if (plan.state === 'lost') continue;
    const key = deriveCardKey(input.propertyCardKey, KEY_VERSION, plan.serial);
    plastics.push({ serial: plan.serial, chip: plan.chip, content, key, lyingOn: plan.on ?? null });
  }
  const rooms = input.rooms.map((room) => ({ ...room, sequence: sequences.get(room.id) ?? room.sequence }));
  return { cards, records, rooms, plastics };
}

function recordOf(plan: DemoCardPlan, room: Room, { propertyId, now, newId }: DemoCardsInput): CardRecord {
  const issuedAt = wholeMinute(now - plan.issuedDaysAgo * DAY_MS);
  const ended = plan.state === 'cancelled' || plan.state === 'superseded' || plan.state === 'lost';
  return newCardRecord({
    propertyId,
    id: newId(),
    serial: plan.serial,
    roomId: room.id,
    status: plan.state === 'expired' || plan.state === 'damaged' ? 'active' : (plan.state as CardRecord['status']),
    validFrom: issuedAt - EARLY_MS,
    validUntil: wholeMinute(now + plan.endsInDays * DAY_MS),
    sequence: issuedAt / MINUTE_MS,
    flags: FLAG.sharedDoors,
    keyVersion: KEY_VERSION,
    owner: plan.owner,
    issuedAt,
    endedAt: ended ? wholeMinute(now - DAY_MS) : null,
  });
}

function contentNow(plan: DemoCardPlan, record: CardRecord, room: Room, input: DemoCardsInput): CardContent {
  if (plan.state === 'cancelled') return BLANK;
  const { propertyCardKey, propertyId } = input;
  const image = encodeCardImage(
    {
      cardType: 'guest',
      normallyOpen: false,
      networked: false,
      lossReport: false,
      sharedDoors: (record.flags & FLAG.sharedDoors) !== 0,
      keyVersion: record.keyVersion,
      propertyTag: propertyTagOf(propertyId),
      lockNumber: room.lockNumber,
      validFrom: record.validFrom / MINUTE_MS,
      validUntil: record.validUntil / MINUTE_MS,
      sequence: record.sequence,
      cardTag: cardTagOf(record.id),
    },
    {
      lockKey: deriveLockKey(propertyCardKey, record.keyVersion, room.lockNumber),
      sharedDoorKey: deriveSharedDoorKey(propertyCardKey, record.keyVersion),
    },
    plan.serial,
  );
  // As if the card had been snatched away when the first third of it was written.
  return plan.state === 'damaged' ? contentOf('keyed', image.fill(0, 16)) : issuedContent(image);
}

function cardOf({ serial, state }: DemoCardPlan, record: CardRecord, content: CardContent): Card {
  return {
    propertyId: record.propertyId,
    serial,
    plastic: state === 'cancelled' ? 'erased' : state === 'damaged' ? 'damaged' : 'written',
    content: state === 'damaged' ? null : content,
    // A new database is in its first epoch.
    knownInLife: 1,
    recordId: record.id,
    lastGranted: null,
    damagedBy: null,
  };
}

function wholeMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

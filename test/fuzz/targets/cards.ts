import {
  type CardConnection,
  type Clock,
  createSimulatedEncoder,
  factoryCard,
  isCardError,
  memoryCardBox,
  NO_TIME,
  preparedCard,
  readContent,
  writeContent,
} from '@keyrack/agent';
import {
  atLock,
  BLANK,
  type CardContent,
  type CardKey,
  type Chip,
  cardContent,
  deriveCardKey,
  deriveLockKey,
  deriveSharedDoorKey,
  findingOf,
  type Mac,
  newRoomLock,
  newSharedLock,
  presentToLock,
  propertyTagOf,
  type Reading,
  reading,
  type Serial,
} from '@keyrack/protocol';
import { contentFor } from '@keyrack/server/domain/issue-image.ts';
import { judgeContent } from '@keyrack/server/domain/judge-content.ts';
import { judgeReading } from '@keyrack/server/domain/judge-reading.ts';
import type { CardRecord, Room } from '@keyrack/server/domain/places.ts';
import type { Chance } from '../../faults/chance.ts';
import { mutateBytes, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

const CHIPS: readonly Chip[] = ['classic-1k', 'ultralight-ev1', 'ntag-213', 'ntag-215', 'ntag-216'];
const PROPERTY = '0190a5d0-ac96-774b-8cce-b302099a8057';
const PROPERTY_KEY = new Uint8Array(32).fill(7);
const MAC = '7C778A6C7D9C' as Mac;
const NOW_MS = 1_790_000_000_000;

const clock: Clock = { now: () => NOW_MS, monotonic: () => 0, setTimeout: () => ({}), clearTimeout: () => {} };

const ROOM = { propertyId: PROPERTY, lockNumber: 7 } as Room;

function issued(serial: Serial, flags: number): CardContent {
  const record = {
    propertyId: PROPERTY,
    id: '01900000-0000-7000-8000-000000000001',
    validFrom: NOW_MS - 3_600_000,
    validUntil: NOW_MS + 86_400_000,
    sequence: 29_000_000,
    flags,
  } as CardRecord;
  return contentFor(record, ROOM, serial, { version: 1, key: PROPERTY_KEY });
}

/** Whole card memories, issued and blank ones with changes anywhere, through reading, judging, locks and writing. */
export function cards(pool: Pool): Target {
  const lockKey = deriveLockKey(PROPERTY_KEY, 1, 7);
  const room = newRoomLock(propertyTagOf(PROPERTY), 7, { version: 1, key: lockKey });
  const shared = newSharedLock(propertyTagOf(PROPERTY), { version: 1, key: deriveSharedDoorKey(PROPERTY_KEY, 1) });
  return {
    name: 'card memories',
    lanes: 1,
    where: 'within',
    slowMs: 1_000,
    next(chance) {
      const chip = chance.of(CHIPS);
      const serial = (chip === 'classic-1k' ? '77E1A2C4' : '0418D59198CC87') as Serial;
      const key = deriveCardKey(PROPERTY_KEY, 1, serial);
      const card = makeCard(chance, serial, chip, key);
      const length = card.memory.length;
      card.memory.set(mutateBytes(chance, pool, card.memory).subarray(0, length));
      card.lyingOn = MAC;
      const target = chance.one(0.5) ? BLANK : issued(serial, chance.whole(0, 15));
      return {
        shown: `${chip} ${serial} ${Buffer.from(card.memory).toString('hex')}`,
        async feed() {
          const encoder = createSimulatedEncoder({
            mac: MAC,
            name: 'x',
            box: memoryCardBox([card]),
            clock,
            timing: NO_TIME,
          });
          const connection = await encoder.connect();
          const { content } = await readContent(connection, [key]);
          reading.parse(content);
          judgeEverywhere(content, serial);
          presentToLock(room, atLock(serial, content), NOW_MS / 60_000);
          presentToLock(shared, atLock(serial, content), NOW_MS / 60_000);
          if (content !== 'unreadable') await write(connection, content, target, key);
          await encoder.close();
          return undefined;
        },
      };
    },
    close: async () => {},
  };
}

function makeCard(chance: Chance, serial: Serial, chip: Chip, key: CardKey) {
  switch (chance.whole(0, 2)) {
    case 0:
      return factoryCard(serial, chip);
    case 1:
      return preparedCard(serial, chip, BLANK);
    default:
      return preparedCard(serial, chip, issued(serial, chance.whole(0, 15)), key);
  }
}

function judgeEverywhere(content: Reading, serial: Serial): void {
  findingOf(content);
  for (const plastic of ['whole', 'damaged', 'unsettled'] as const) {
    const known = { plastic, recordOf: () => ({ serial, status: 'active' as const }) };
    judgeReading(content, serial, PROPERTY, [{ version: 1, key: PROPERTY_KEY }], known);
  }
  for (const isTorn of [true, false]) {
    judgeContent('issue', content, PROPERTY, isTorn);
    judgeContent('cancel', content, PROPERTY, isTorn);
  }
}

async function write(connection: CardConnection, from: CardContent, target: CardContent, key: CardKey): Promise<void> {
  try {
    await writeContent(connection, from, target, [key]);
  } catch (error) {
    if (!isCardError(error)) throw error;
    return;
  }
  // Confirmed writes are what is read back: nothing here tears.
  const { content } = await readContent(connection, [key]);
  cardContent.parse(content);
  if (content !== target) throw new Error(`written as ${target}, read back as ${content}`);
}

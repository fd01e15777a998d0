import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  atLock,
  type CardAtLock,
  diagnoseChecksum,
  type Lock,
  type LockExport,
  type LockRefusal,
  presentToLock,
  type Reading,
  type RoomLock,
  type Serial,
} from '@keyrack/protocol';
import { z } from 'zod';
import { putFileSync } from '../../durable-files.ts';

/** Simulated doors of a property: each has the reference lock, and remembers what it has seen. */
export interface Doors {
  list(): { readonly door: string; readonly kind: Lock['kind'] }[];
  /** Holds a card to a door. Throws a DoorError for a door that isn't there. */
  knock(door: string, card: KnockingCard, now: number): Knock;
  /**
   * Gives a door's lock its number, keys and sequence, as a programming device does, and answers the key versions that
   * it accepts from now on. Throws a DoorError for a door that isn't there or is of the other kind.
   */
  program(door: string, given: LockExport): { readonly versions: number[] };
}

export interface KnockingCard {
  readonly serial: Serial;
  readonly content: Reading;
  /** Cards that this one may be a copy of: a lock can't tell a copy from a change, but who knows the other cards can. */
  readonly others: readonly Serial[];
}

/** What happened at the door; `text` says it to a person. */
export type Knock =
  | { readonly opens: true; readonly text: string }
  | { readonly opens: false; readonly reason: LockRefusal | 'copied'; readonly text: string };

export class DoorError extends Error {
  override readonly name = 'DoorError';
}

/** Name of the file in the agent's data folder that keeps the doors. */
export const DOORS_FILE = 'sim-doors.json';

const REASONS: Record<LockRefusal | 'copied', string> = {
  unreadable: 'stays shut: the card could not be read',
  blank: 'stays shut: the card is blank',
  'not-an-image': 'stays shut: what the card holds is no key',
  'other-property': 'stays shut: the card is for another property',
  'other-room': 'stays shut: the card is for another room',
  'room-only': 'stays shut: the card is for its room alone',
  'unknown-key-version': 'stays shut: the card was made under a key that this lock does not know',
  'wrong-checksum': 'stays shut: the checksum of the card is wrong',
  copied: 'stays shut: the card was copied onto another chip',
  'not-yet-valid': 'stays shut: the card is not valid yet',
  expired: 'stays shut: the card has expired',
  'loss-reported': 'stays shut: the card was reported lost',
  superseded: 'stays shut: a newer guest has the room',
};

const hexKey = z.strictObject({ version: z.int(), key: z.string().regex(/^[0-9a-f]{32}$/) });
const room = z.strictObject({
  kind: z.literal('room'),
  propertyTag: z.string(),
  lockNumber: z.int(),
  currentKey: hexKey,
  previousKey: hexKey.nullable(),
  highestSequence: z.int(),
  lossReportSequence: z.int(),
  heldOpen: z.strictObject({ from: z.number(), until: z.number() }).nullable(),
});
const shared = z.strictObject({
  kind: z.literal('shared'),
  propertyTag: z.string(),
  currentKey: hexKey,
  previousKey: hexKey.nullable(),
});
const doorsFile = z.record(z.string(), z.discriminatedUnion('kind', [room, shared]));
type StoredLock = z.infer<typeof doorsFile>[string];

/** Sets the doors of a folder up, in the place of any that were there. */
export function writeDoors(folder: string, locks: ReadonlyMap<string, Lock>): void {
  const stored = Object.fromEntries([...locks].map(([door, lock]) => [door, toStored(lock)]));
  putFileSync(join(folder, DOORS_FILE), `${JSON.stringify(stored)}\n`);
}

/** The doors of a folder, as it keeps them; none where there is no file. Throws a DoorError for a damaged one. */
export function openDoors(folder: string): Doors {
  const file = join(folder, DOORS_FILE);
  const locks = new Map(existsSync(file) ? readDoors(file) : []);
  const lockOf = (door: string): Lock => {
    const lock = locks.get(door);
    if (lock === undefined) throw new DoorError(`there is no door ${door}; see \`keyrack sim doors\``);
    return lock;
  };
  return {
    list: () => Array.from(locks, ([door, { kind }]) => ({ door, kind })),
    knock(door, { serial, content, others }, now) {
      const lock = lockOf(door);
      const card = atLock(serial, content);
      const decision = presentToLock(lock, card, now / 60_000);
      if (decision.opens) {
        locks.set(door, decision.next);
        writeDoors(folder, locks);
        return { opens: true, text: decision.door === 'stays-open' ? 'opens and stays open' : 'opens' };
      }
      const copied = decision.reason === 'wrong-checksum' && lock.kind === 'room' && isCopy(lock, card, others);
      const reason = copied ? 'copied' : decision.reason;
      return { opens: false, reason, text: REASONS[reason] };
    },
    program(door, given) {
      locks.set(door, programmed(lockOf(door), given));
      writeDoors(folder, locks);
      return { versions: given.keys.map(({ version }) => version) };
    },
  };
}

/** The lock remembers what it has seen: a sequence that is lower than that changes nothing. */
function programmed(lock: Lock, given: LockExport): Lock {
  const [currentKey = null, previousKey = null] = given.keys.map(({ version, key }) => ({
    version,
    key: new Uint8Array(Buffer.from(key, 'hex')),
  }));
  if (currentKey === null || lock.kind !== given.kind) throw new DoorError(`this export is for a ${given.kind} door`);
  const { propertyTag } = given;
  if (lock.kind === 'shared' || given.kind === 'shared') return { ...lock, propertyTag, currentKey, previousKey };
  const highestSequence = Math.max(lock.highestSequence, given.sequence);
  return { ...lock, propertyTag, lockNumber: given.lockNumber, currentKey, previousKey, highestSequence };
}

function isCopy(lock: RoomLock, { serial, image }: CardAtLock, others: readonly Serial[]): boolean {
  const keys = [lock.currentKey, lock.previousKey].flatMap((each) => each ?? []);
  return others.some((other) =>
    keys.some(({ key }) => image !== null && diagnoseChecksum(image, serial, other, key) === 'copied'),
  );
}

function readDoors(file: string): [string, Lock][] {
  try {
    const stored = doorsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return Object.entries(stored).map(([door, lock]) => [door, fromStored(lock)]);
  } catch {
    throw new DoorError(`${file} is damaged; remove it and start the demonstration on a new folder`);
  }
}

function toStored(lock: Lock): StoredLock {
  const hex = <K extends { version: number; key: Uint8Array } | null>(key: K) =>
    key === null ? null : { version: key.version, key: Buffer.from(key.key).toString('hex') };
  return { ...lock, currentKey: hex(lock.currentKey), previousKey: hex(lock.previousKey) } as StoredLock;
}

function fromStored(stored: StoredLock): Lock {
  const bytes = (key: { version: number; key: string } | null) =>
    key === null ? null : { version: key.version, key: new Uint8Array(Buffer.from(key.key, 'hex')) };
  return { ...stored, currentKey: bytes(stored.currentKey), previousKey: bytes(stored.previousKey) } as Lock;
}

import { CLASSIC_BLOCK_BYTES, CLASSIC_BLOCKS, CLASSIC_FACTORY_ACCESS, CLASSIC_FACTORY_KEY } from '../chip-geometry.ts';
import type { MemoryChange } from './memory-change.ts';

/** The sector that is open, and with which key. */
export interface ClassicSession {
  readonly sector: number;
  readonly type: 'A' | 'B';
}

/** Who may do something: nobody, key A, key B, or either. */
type Who = '' | 'A' | 'B' | 'AB';

/** Data blocks by C1 C2 C3 (MF1S50YYX_V1, table 8). Increment and decrement aren't modelled. */
const DATA_RIGHTS: readonly { read: Who; write: Who }[] = [
  { read: 'AB', write: 'AB' }, // 000
  { read: 'AB', write: '' }, // 001
  { read: 'AB', write: '' }, // 010
  { read: 'B', write: 'B' }, // 011
  { read: 'AB', write: 'B' }, // 100
  { read: 'B', write: '' }, // 101
  { read: 'AB', write: 'B' }, // 110
  { read: '', write: '' }, // 111
];

/** Trailers by C1 C2 C3 (MF1S50YYX_V1, table 7). Key A is never readable, the access bits always are, by `shown`. */
const TRAILER_RIGHTS: readonly { keys: Who; shown: Who; access: Who; keyBShown: boolean }[] = [
  { keys: 'A', shown: 'A', access: '', keyBShown: true }, // 000
  { keys: 'A', shown: 'A', access: 'A', keyBShown: true }, // 001
  { keys: '', shown: 'A', access: '', keyBShown: true }, // 010
  { keys: 'B', shown: 'AB', access: 'B', keyBShown: false }, // 011
  { keys: 'B', shown: 'AB', access: '', keyBShown: false }, // 100
  { keys: '', shown: 'AB', access: 'B', keyBShown: false }, // 101
  { keys: '', shown: 'AB', access: '', keyBShown: false }, // 110
  { keys: '', shown: 'AB', access: '', keyBShown: false }, // 111
];

/** The memory of a MIFARE Classic 1K as sold, 1024 bytes. */
export function factoryClassic(uid: Uint8Array): Uint8Array {
  const memory = new Uint8Array(CLASSIC_BLOCKS * CLASSIC_BLOCK_BYTES);
  memory.set(uid);
  // Four-byte UIDs are followed by their check byte, SAK and ATQA.
  if (uid.length === 4) memory.set([uid.reduce((check, byte) => check ^ byte, 0), 0x08, 0x04, 0x00], 4);
  for (let block = 3; block < CLASSIC_BLOCKS; block += 4) {
    memory.set(CLASSIC_FACTORY_KEY, block * CLASSIC_BLOCK_BYTES);
    memory.set(CLASSIC_FACTORY_ACCESS, block * CLASSIC_BLOCK_BYTES + 6);
    memory.set(CLASSIC_FACTORY_KEY, block * CLASSIC_BLOCK_BYTES + 10);
  }
  return memory;
}

/** Whether that key opens the sector of `block`. Nothing opens one whose access bits contradict their complement. */
export function classicKeyFits(memory: Uint8Array, block: number, type: 'A' | 'B', key: Uint8Array): boolean {
  if (block < 0 || block >= CLASSIC_BLOCKS) return false;
  const trailer = (block | 3) * CLASSIC_BLOCK_BYTES;
  if (!accessBitsHold(memory, trailer)) return false;
  const at = trailer + (type === 'A' ? 0 : 10);
  return key.length === 6 && key.every((byte, i) => memory[at + i] === byte);
}

/** The 16 bytes that the open sector shows of `block`; null is the card's refusal. */
export function classicRead(memory: Uint8Array, session: ClassicSession | null, block: number): Uint8Array | null {
  const who = openWith(memory, session, block);
  if (who === null) return null;
  const at = block * CLASSIC_BLOCK_BYTES;
  const condition = conditionOf(memory, block);
  if ((block & 3) !== 3) {
    return DATA_RIGHTS[condition]?.read.includes(who) ? memory.slice(at, at + CLASSIC_BLOCK_BYTES) : null;
  }
  const rights = TRAILER_RIGHTS[condition];
  if (!rights?.shown.includes(who)) return null;
  const shown = memory.slice(at, at + CLASSIC_BLOCK_BYTES);
  shown.fill(0, 0, 6);
  if (!rights.keyBShown) shown.fill(0, 10);
  return shown;
}

/** What writing those 16 bytes would change; null is the card's refusal. */
export function classicWrite(
  memory: Uint8Array,
  session: ClassicSession | null,
  block: number,
  bytes: Uint8Array,
): MemoryChange | null {
  const who = openWith(memory, session, block);
  // Block 0 is the manufacturer's, read-only whatever the access bits say.
  if (who === null || block === 0 || bytes.length !== CLASSIC_BLOCK_BYTES) return null;
  const at = block * CLASSIC_BLOCK_BYTES;
  const condition = conditionOf(memory, block);
  if ((block & 3) !== 3) return DATA_RIGHTS[condition]?.write.includes(who) ? { at, bytes } : null;
  const rights = TRAILER_RIGHTS[condition];
  const keys = rights?.keys.includes(who) ?? false;
  const access = rights?.access.includes(who) ?? false;
  if (!keys && !access) return null;
  const next = memory.slice(at, at + CLASSIC_BLOCK_BYTES);
  if (keys) {
    next.set(bytes.subarray(0, 6), 0);
    next.set(bytes.subarray(10), 10);
  }
  if (access) next.set(bytes.subarray(6, 10), 6);
  return { at, bytes: next };
}

/** The key that `block` is open with; null when it isn't open, or when key B is data and so opens nothing. */
function openWith(memory: Uint8Array, session: ClassicSession | null, block: number): 'A' | 'B' | null {
  if (session === null || session.sector !== block >> 2) return null;
  if (!accessBitsHold(memory, (block | 3) * CLASSIC_BLOCK_BYTES)) return null;
  if (session.type === 'B' && TRAILER_RIGHTS[conditionOf(memory, block | 3)]?.keyBShown) return null;
  return session.type;
}

/** C1 C2 C3 of a block, as a number from 0 to 7. */
function conditionOf(memory: Uint8Array, block: number): number {
  const trailer = (block | 3) * CLASSIC_BLOCK_BYTES;
  const high = memory[trailer + 7] ?? 0;
  const low = memory[trailer + 8] ?? 0;
  const i = block & 3;
  return (((high >> (4 + i)) & 1) << 2) | (((low >> i) & 1) << 1) | ((low >> (4 + i)) & 1);
}

/** Bytes 6 to 8 hold C1, C2 and C3 twice, once inverted (MF1S50YYX_V1, 8.7.1). */
function accessBitsHold(memory: Uint8Array, trailer: number): boolean {
  const b6 = memory[trailer + 6] ?? 0;
  const b7 = memory[trailer + 7] ?? 0;
  const b8 = memory[trailer + 8] ?? 0;
  return (b6 & 15) + (b7 >> 4) === 15 && (b6 >> 4) + (b8 & 15) === 15 && (b7 & 15) + (b8 >> 4) === 15;
}

/** Whether the sector of `block` is shut for ever, as `classicKeyFits` would find. */
export function classicSectorShut(memory: Uint8Array, block: number): boolean {
  return !accessBitsHold(memory, (block | 3) * CLASSIC_BLOCK_BYTES);
}

import type { Chip, Mac, Serial } from '@keyrack/protocol';
import { CLASSIC_BLOCK_BYTES, CLASSIC_BLOCKS, PAGE_BYTES, PAGE_GEOMETRY } from '../chip-geometry.ts';
import { factoryClassic } from './classic-memory.ts';
import type { MemoryChange } from './memory-change.ts';
import { factoryPages } from './page-memory.ts';

/**
 * What becomes of the block at which a card is torn from the field: it keeps the `old` bytes, has only its `first-half`
 * or its `second-half` written, or is wholly `new` though nobody was told.
 */
export const TEAR_MODES = ['old', 'first-half', 'second-half', 'new'] as const;
export type TearMode = (typeof TEAR_MODES)[number];

/** The card leaves the field at its `writes`-th block write from now; 1 is the next one. Kept in memory only. */
export interface Tear {
  writes: number;
  readonly mode: TearMode;
}

/** A simulated piece of plastic. Boxes keep it, encoders change it. */
export interface SimulatedCard {
  /** 1 to 16 bytes: also lengths that no chip has, for those are what the room-card API shows in its examples. */
  readonly serial: Serial;
  readonly chip: Chip;
  /** The chip's whole memory, keys and passwords included. Its length never changes. */
  readonly memory: Uint8Array;
  /** The encoder that it lies on; null in the drawer. */
  lyingOn: Mac | null;
  tear: Tear | null;
}

/** A card as it comes from the chip's maker, lying nowhere. */
export function factoryCard(serial: Serial, chip: Chip): SimulatedCard {
  const uid = new Uint8Array(Buffer.from(serial, 'hex'));
  const memory = chip === 'classic-1k' ? factoryClassic(uid) : factoryPages(chip, uid);
  return { serial, chip, memory, lyingOn: null, tear: null };
}

/** Bytes of a chip's whole memory. */
export function memoryBytes(chip: Chip): number {
  return chip === 'classic-1k' ? CLASSIC_BLOCKS * CLASSIC_BLOCK_BYTES : PAGE_GEOMETRY[chip].pages * PAGE_BYTES;
}

/** Applies a block write to the card, or the part of it that its tear lets through. True: the card was torn away. */
export function applyChange(card: SimulatedCard, { at, bytes }: MemoryChange): boolean {
  const tear = card.tear;
  if (tear !== null) tear.writes -= 1;
  if (tear === null || tear.writes > 0) {
    card.memory.set(bytes, at);
    return false;
  }
  card.tear = null;
  const half = bytes.length >> 1;
  switch (tear.mode) {
    case 'old':
      break;
    case 'first-half':
      card.memory.set(bytes.subarray(0, half), at);
      break;
    case 'second-half':
      card.memory.set(bytes.subarray(half), at + half);
      break;
    case 'new':
      card.memory.set(bytes, at);
      break;
  }
  return true;
}

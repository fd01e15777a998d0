import { type CardKey, CONTENT_BYTES, chipKeys, contentOf, type Reading } from '@keyrack/protocol';
import {
  CLASSIC_BLOCK_BYTES,
  CLASSIC_FACTORY_KEY,
  CLASSIC_TRAILER_BLOCK,
  contentOffset,
  FACTORY_PASSWORD,
  LAST_PAGE,
  PAGE_BYTES,
  PAGE_GEOMETRY,
} from '../chip-geometry.ts';
import { factoryCard, type SimulatedCard } from './card-memory.ts';
import { classicSectorShut } from './classic-memory.ts';

/**
 * What the plastic holds, seen from outside and without any key: what `readContent` would find with the right ones. For
 * checking that somebody's records agree with the plastic. With `keys`, a card locked with another is `unreadable`.
 */
export function contentOnCard({ chip, memory }: SimulatedCard, keys?: readonly CardKey[]): Reading {
  const at = contentOffset(chip);
  const image = memory.subarray(at, at + CONTENT_BYTES);
  const holds = (offset: number, bytes: Uint8Array) => bytes.every((byte, i) => memory[offset + i] === byte);
  if (chip === 'classic-1k') {
    if (classicSectorShut(memory, CLASSIC_TRAILER_BLOCK)) return 'unreadable';
    const keyA = CLASSIC_TRAILER_BLOCK * CLASSIC_BLOCK_BYTES;
    if (holds(keyA, CLASSIC_FACTORY_KEY)) return contentOf('factory', image);
    if (keys && !keys.some((key) => holds(keyA, chipKeys(key).classicA))) return 'unreadable';
    return contentOf('keyed', image);
  }
  const config = PAGE_GEOMETRY[chip].configPage * PAGE_BYTES;
  const password = config + 2 * PAGE_BYTES;
  if ((memory[config + 3] ?? 0) > LAST_PAGE || holds(password, FACTORY_PASSWORD)) return contentOf('factory', image);
  const fits = (key: CardKey) =>
    holds(password, chipKeys(key).password) && holds(password + PAGE_BYTES, chipKeys(key).acknowledge);
  return keys && !keys.some(fits) ? 'unreadable' : contentOf('keyed', image);
}

/** Whether a card is as its maker sold it. An NTAG comes with an empty message where Keyrack's content goes. */
export function isAsSold({ serial, chip, memory }: SimulatedCard): boolean {
  return Buffer.compare(factoryCard(serial, chip).memory, memory) === 0;
}

/** A card's memory for people, a line of hex for each block or page. Keys and passwords are in it. */
export function dumpCard({ chip, memory }: SimulatedCard): string {
  const bytes = chip === 'classic-1k' ? CLASSIC_BLOCK_BYTES : PAGE_BYTES;
  const lines: string[] = [];
  for (let at = 0; at < memory.length; at += bytes) {
    const hex = Array.from(memory.subarray(at, at + bytes), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    lines.push(`${(at / bytes).toString(16).padStart(2, '0')}  ${hex}`);
  }
  return lines.join('\n');
}

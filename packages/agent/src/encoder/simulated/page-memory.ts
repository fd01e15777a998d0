import {
  ACCESS_AUTHLIM,
  ACCESS_CFGLCK,
  ACCESS_PROT,
  FACTORY_AUTH0,
  FACTORY_PASSWORD,
  LOCK_PAGE,
  MIRROR_BYTE,
  MIRROR_CONF,
  PAGE_BYTES,
  PAGE_GEOMETRY,
} from '../chip-geometry.ts';
import type { PageChip } from '../encoder.ts';
import type { MemoryChange } from './memory-change.ts';

/** Pages 3 to 5 as sold: capability container, and the empty NDEF message that NTAGs come with. */
const FACTORY_PAGES: Readonly<Record<PageChip, readonly number[]>> = {
  'ultralight-ev1': [],
  'ntag-213': [0xe1, 0x10, 0x12, 0x00, 0x01, 0x03, 0xa0, 0x0c, 0x34, 0x03, 0x00, 0xfe],
  'ntag-215': [0xe1, 0x10, 0x3e, 0x00, 0x03, 0x00, 0xfe, 0x00],
  'ntag-216': [0xe1, 0x10, 0x6d, 0x00, 0x03, 0x00, 0xfe, 0x00],
};

/** The memory of a chip as sold: 80, 180, 540 or 924 bytes. */
export function factoryPages(chip: PageChip, uid: Uint8Array): Uint8Array {
  const { pages, configPage } = PAGE_GEOMETRY[chip];
  const memory = new Uint8Array(pages * PAGE_BYTES);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = uid;
  // Seven bytes of UID with two check bytes between and behind (NTAG213_215_216, 8.5.1). The serial of a simulated card
  // may be longer or shorter; it is kept beside the memory, and here is what fits.
  memory.set([a, b, c, 0x88 ^ a ^ b ^ c, d, e, f, g, d ^ e ^ f ^ g, 0x48]);
  memory.set(FACTORY_PAGES[chip], 3 * PAGE_BYTES);
  if (chip !== 'ultralight-ev1') {
    memory[(configPage - 1) * PAGE_BYTES + 3] = 0xbd;
    memory[configPage * PAGE_BYTES] = 0x04;
  }
  memory[configPage * PAGE_BYTES + 3] = FACTORY_AUTH0;
  memory[(configPage + 1) * PAGE_BYTES + 1] = 0x05;
  memory.set(FACTORY_PASSWORD, (configPage + 2) * PAGE_BYTES);
  return memory;
}

/**
 * Wrong passwords since the last right one, of chips that count them. They are no part of the memory that can be read;
 * they live as long as the process.
 */
const wrongPasswords = new WeakMap<Uint8Array, number>();

/**
 * The PACK that the chip answers to the right password; null for a wrong one, and for any once too many wrong ones were
 * counted: a chip whose AUTHLIM isn't 0 then shuts for ever (NTAG213_215_216, 8.8.2).
 */
export function pagePassword(memory: Uint8Array, chip: PageChip, password: Uint8Array): Uint8Array | null {
  const at = (PAGE_GEOMETRY[chip].configPage + 2) * PAGE_BYTES;
  const limit = accessByte(memory, chip) & ACCESS_AUTHLIM;
  const wrong = wrongPasswords.get(memory) ?? 0;
  const isShut = limit > 0 && wrong >= limit;
  if (isShut || password.length !== 4 || !password.every((byte, i) => memory[at + i] === byte)) {
    if (limit > 0) wrongPasswords.set(memory, wrong + 1);
    return null;
  }
  wrongPasswords.delete(memory);
  return memory.slice(at + PAGE_BYTES, at + PAGE_BYTES + 2);
}

/** Four pages from `first` on; null is the card's refusal. */
export function pageRead(memory: Uint8Array, chip: PageChip, authenticated: boolean, first: number): Uint8Array | null {
  const { pages, configPage } = PAGE_GEOMETRY[chip];
  const guarded = !authenticated && (accessByte(memory, chip) & ACCESS_PROT) !== 0;
  // Reading rolls over to page 0 after the last page that may be read (NTAG213_215_216, 10.2).
  const end = guarded ? Math.min(pages, firstGuarded(memory, chip)) : pages;
  if (first < 0 || first >= end) return null;
  const shown = new Uint8Array(4 * PAGE_BYTES);
  const mirror = mirrorOf(memory, chip);
  for (let i = 0; i < 4; i += 1) {
    const page = (first + i) % end;
    if (page === configPage + 2 || page === configPage + 3) continue; // PWD and PACK read as zeros
    for (let j = 0; j < PAGE_BYTES; j += 1) {
      const at = page * PAGE_BYTES + j;
      shown[i * PAGE_BYTES + j] = mirror.bytes[at - mirror.at] ?? memory[at] ?? 0;
    }
  }
  return shown;
}

/** What an NTAG shows in ASCII over its memory, and from which byte on (NTAG213_215_216, 8.7 and 8.5.7). */
function mirrorOf(memory: Uint8Array, chip: PageChip): { readonly at: number; readonly bytes: Uint8Array } {
  const config = PAGE_GEOMETRY[chip].configPage * PAGE_BYTES;
  const [how = 0, page = 0] = [memory[config], memory[config + 2]];
  // It begins in the user's memory, from page 4 on, or there is none.
  if (chip === 'ultralight-ev1' || (how & MIRROR_CONF) === 0 || page <= 3) return { at: 0, bytes: new Uint8Array() };
  const uid = Buffer.from([...memory.subarray(0, 3), ...memory.subarray(4, 8)])
    .toString('hex')
    .toUpperCase();
  // The count of readings isn't simulated.
  const parts = [(how & 0x40) !== 0 ? [uid] : [], (how & 0x80) !== 0 ? ['000000'] : []].flat();
  return { at: page * PAGE_BYTES + ((how & MIRROR_BYTE) >> 4), bytes: Uint8Array.from(Buffer.from(parts.join('x'))) };
}

/** What writing those 4 bytes would change; null is the card's refusal. */
export function pageWrite(
  memory: Uint8Array,
  chip: PageChip,
  authenticated: boolean,
  page: number,
  bytes: Uint8Array,
): MemoryChange | null {
  const { pages, configPage } = PAGE_GEOMETRY[chip];
  if (page < LOCK_PAGE || page >= pages || bytes.length !== PAGE_BYTES) return null;
  if (!authenticated && page >= firstGuarded(memory, chip)) return null;
  if (isLocked(memory, page)) return null;
  const at = page * PAGE_BYTES;
  if (page === LOCK_PAGE) return { at: at + 2, bytes: withLockBits(memory, bytes) };
  // One-time programmable: the capability container, and the dynamic lock bytes of NTAGs, which are kept but lock
  // nothing here: they are about pages 16 and up.
  if (page === 3 || (chip !== 'ultralight-ev1' && page === configPage - 1)) {
    return { at, bytes: bytes.map((byte, i) => byte | (memory[at + i] ?? 0)) };
  }
  const config = page === configPage || page === configPage + 1;
  if (config && (accessByte(memory, chip) & ACCESS_CFGLCK) !== 0) return null;
  return { at, bytes };
}

/** Static lock bits (NTAG213_215_216, 8.5.2): L3 to L7 in byte 2 of page 2, L8 to L15 in byte 3. */
function isLocked(memory: Uint8Array, page: number): boolean {
  if (page < 3 || page > 15) return false;
  const low = memory[LOCK_PAGE * PAGE_BYTES + 2] ?? 0;
  const high = memory[LOCK_PAGE * PAGE_BYTES + 3] ?? 0;
  return (((high << 8) | low) & (1 << page)) !== 0;
}

/** Lock bits can only be set, and only where the block-locking bits 0 (page 3), 1 (4 to 9) and 2 (10 to 15) aren't. */
function withLockBits(memory: Uint8Array, bytes: Uint8Array): Uint8Array {
  const low = memory[LOCK_PAGE * PAGE_BYTES + 2] ?? 0;
  const high = memory[LOCK_PAGE * PAGE_BYTES + 3] ?? 0;
  let frozen = 0;
  if (low & 1) frozen |= 0x0008;
  if (low & 2) frozen |= 0x03f0;
  if (low & 4) frozen |= 0xfc00;
  const old = (high << 8) | low;
  const next = old | ((((bytes[3] ?? 0) << 8) | (bytes[2] ?? 0)) & ~frozen);
  return Uint8Array.of(next & 0xff, next >> 8);
}

function firstGuarded(memory: Uint8Array, chip: PageChip): number {
  return memory[PAGE_GEOMETRY[chip].configPage * PAGE_BYTES + 3] ?? 0;
}

function accessByte(memory: Uint8Array, chip: PageChip): number {
  return memory[(PAGE_GEOMETRY[chip].configPage + 1) * PAGE_BYTES] ?? 0;
}

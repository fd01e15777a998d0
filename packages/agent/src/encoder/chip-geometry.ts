import type { Chip } from '@keyrack/protocol';
import type { PageChip } from './encoder.ts';

/**
 * Where things are on each chip, from NXP's data sheets: MF1S50YYX_V1 (MIFARE Classic EV1 1K, 8.6 and 8.7), MF0ULX1
 * (Ultralight EV1, 8.5) and NTAG213_215_216 (8.5).
 */

export const CLASSIC_BLOCK_BYTES = 16;
export const CLASSIC_BLOCKS = 64;
/** Keyrack's sector on a Classic is sector 1: sector 0 has the manufacturer block and, often, a directory. */
export const CLASSIC_FIRST_BLOCK = 4;
export const CLASSIC_DATA_BLOCKS = 3;
export const CLASSIC_TRAILER_BLOCK = 7;

/** Both keys of every sector as sold: six bytes FF. */
export const CLASSIC_FACTORY_KEY: Uint8Array = new Uint8Array(6).fill(0xff);
/** Access bits as sold ("transport"): key A may do everything, key B is plain data. Byte 9 is free. */
export const CLASSIC_FACTORY_ACCESS: Uint8Array = Uint8Array.of(0xff, 0x07, 0x80, 0x69);
/**
 * Access bits of a keyed card: data blocks 100 (read with A or B, write with B alone), trailer 011 (written with
 * B alone, keys never read).
 */
export const CLASSIC_KEYED_ACCESS: Uint8Array = Uint8Array.of(0x78, 0x77, 0x88, 0x69);

export const PAGE_BYTES = 4;
/** Keyrack's area: twelve pages, 4 to 15, on every chip with pages. On Ultralight EV1 that is all there is. */
export const FIRST_PAGE = 4;
export const CONTENT_PAGES = 12;
export const LAST_PAGE = FIRST_PAGE + CONTENT_PAGES - 1;
/** Bytes 2 and 3 of this page are the static lock bits of pages 3 to 15. */
export const LOCK_PAGE = 2;

/** AUTH0, the first guarded page, as sold: beyond the last page, so nothing is guarded. */
export const FACTORY_AUTH0 = 0xff;
export const FACTORY_PASSWORD: Uint8Array = new Uint8Array(4).fill(0xff);
export const FACTORY_ACKNOWLEDGE: Uint8Array = new Uint8Array(2);
/** Bit of the ACCESS byte: the password guards reading too, not writing alone. */
export const ACCESS_PROT = 0x80;
/** Bit of the ACCESS byte: the first two configuration pages are read-only for ever. */
export const ACCESS_CFGLCK = 0x40;

/**
 * Bits of the ACCESS byte: how many wrong passwords the chip takes before it shuts for ever (AUTHLIM); 0 for any number
 * (NTAG213_215_216, 8.8.2; MF0ULX1, 8.6.2).
 */
export const ACCESS_AUTHLIM = 0x07;
/**
 * Bits of an NTAG's MIRROR byte, the first of its configuration: what it shows in ASCII over what it holds, the UID
 * (40) or the count of readings (80); none where both are 0 (NTAG213_215_216, 8.7). Ultralight EV1 has none.
 */
export const MIRROR_CONF = 0xc0;
/** Bits of the same byte: the first mirrored byte within the mirror's page. */
export const MIRROR_BYTE = 0x30;

export interface PageGeometry {
  readonly pages: number;
  /** First of four configuration pages: AUTH0 (byte 3), ACCESS (byte 0), PWD, PACK (bytes 0 and 1). */
  readonly configPage: number;
}

export const PAGE_GEOMETRY: Readonly<Record<PageChip, PageGeometry>> = {
  /** MF0UL11, the smaller of the two. */
  'ultralight-ev1': { pages: 20, configPage: 0x10 },
  'ntag-213': { pages: 45, configPage: 0x29 },
  'ntag-215': { pages: 135, configPage: 0x83 },
  'ntag-216': { pages: 231, configPage: 0xe3 },
};

/** Offset of Keyrack's area in a chip's whole memory, in bytes. */
export function contentOffset(chip: Chip): number {
  return chip === 'classic-1k' ? CLASSIC_FIRST_BLOCK * CLASSIC_BLOCK_BYTES : FIRST_PAGE * PAGE_BYTES;
}

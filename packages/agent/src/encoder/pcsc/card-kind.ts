import type { PageChip } from '../encoder.ts';

/** What an ATR tells of a card: a Classic 1K, some chip with pages (`GET_VERSION` tells which), or none of ours. */
export type AtrKind = 'classic-1k' | 'pages' | null;

/** The PC/SC workgroup's identifier, and "ISO 14443 A, part 3", in a storage card's ATR (PC/SC part 3, 3.1.3.2.3). */
const STORAGE_CARD = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06, 0x03];
/** 3B, and two interface bytes that say T=0 and T=1 in turn. */
const HISTORICAL_BYTES_AT = 4;

/**
 * Card names are the workgroup's (PC/SC part 3, supplemental document): 0001 MIFARE Classic 1K, 0003 Ultralight, which
 * Ultralight EV1 and all NTAGs are to a reader; some say 003A, Ultralight C, 003D, Ultralight EV1, or a name of NTAGs.
 */
const PAGE_CHIP_NAMES: ReadonlySet<number> = new Set([0x0003, 0x003a, 0x003d]);

export function kindByAtr(atr: Uint8Array): AtrKind {
  if (!STORAGE_CARD.every((byte, i) => atr[HISTORICAL_BYTES_AT + i] === byte)) return null;
  const at = HISTORICAL_BYTES_AT + STORAGE_CARD.length;
  const name = ((atr[at] ?? 0xff) << 8) | (atr[at + 1] ?? 0xff);
  if (name === 0x0001) return 'classic-1k';
  return PAGE_CHIP_NAMES.has(name) ? 'pages' : null;
}

export const VERSION_BYTES = 8;
const NXP = 0x04;
/** By product (byte 2) and storage size (byte 6): MF0ULX1, table 16; NTAG213_215_216, table 28. */
const VERSIONS: ReadonlyMap<number, PageChip> = new Map([
  [0x030b, 'ultralight-ev1'],
  [0x040f, 'ntag-213'],
  [0x0411, 'ntag-215'],
  [0x0413, 'ntag-216'],
]);

/** The chip that answers GET_VERSION so; null for one that Keyrack doesn't write, as the larger Ultralight EV1. */
export function chipByVersion(version: Uint8Array): PageChip | null {
  if (version.length !== VERSION_BYTES || version[1] !== NXP) return null;
  return VERSIONS.get(((version[2] ?? 0) << 8) | (version[6] ?? 0)) ?? null;
}

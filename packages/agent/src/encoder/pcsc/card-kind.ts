import type { UnusableReason } from '@keyrack/protocol';
import type { PageChip } from '../encoder.ts';

/** What an ATR tells of a card: a Classic 1K, some chip with pages (`GET_VERSION` tells which), or none of ours. */
export type AtrKind = 'classic-1k' | 'pages' | null;

/** The PC/SC workgroup's identifier, and "ISO 14443 A, part 3", in a storage card's ATR (PC/SC part 3, 3.1.3.2.3). */
const STORAGE_CARD = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06, 0x03];
/** The same without the standard: FeliCa and others have it too. */
const ANY_STORAGE_CARD = STORAGE_CARD.slice(0, -1);
/** 3B, and two interface bytes that say T=0 and T=1 in turn. */
const HISTORICAL_BYTES_AT = 4;

/**
 * Card names are the workgroup's (PC/SC part 3, supplemental document): 0001 MIFARE Classic 1K, 0003 Ultralight, which
 * Ultralight EV1 and all NTAGs are to a reader; some say 003A, Ultralight C, 003D, Ultralight EV1, or a name of NTAGs.
 */
const PAGE_CHIP_NAMES: ReadonlySet<number> = new Set([0x0003, 0x003a, 0x003d]);

export function kindByAtr(atr: Uint8Array): AtrKind {
  if (!startsAt(atr, STORAGE_CARD)) return null;
  const name = nameIn(atr);
  if (name === 0x0001) return 'classic-1k';
  return PAGE_CHIP_NAMES.has(name) ? 'pages' : null;
}

/** MIFARE Classic 4K, by its name in an ATR. */
const CLASSIC_4K = 0x0002;

/** Why a card won't do: for the server and the page by its code, and for this computer's log. */
export interface RefusedCard {
  readonly reason: UnusableReason;
  readonly why: string;
}

/** Why a card with that ATR won't do; null for one that may. No card is asked anything for this. */
export function refusalByAtr(atr: Uint8Array): RefusedCard | null {
  if (kindByAtr(atr) !== null) return null;
  if (!startsAt(atr, ANY_STORAGE_CARD)) {
    const why = 'a phone, a bank card or another card with a processor lies there; lay a room card on the encoder';
    return { reason: 'not-a-room-card', why };
  }
  const isClassic4k = startsAt(atr, STORAGE_CARD) && nameIn(atr) === CLASSIC_4K;
  const kind = isClassic4k ? 'a MIFARE Classic 4K lies there, which' : 'a card of a kind lies there that';
  const why = `${kind} is not written by Keyrack; use a Classic 1K, an Ultralight EV1 or an NTAG`;
  return { reason: 'chip-not-written', why };
}

function startsAt(atr: Uint8Array, historical: readonly number[]): boolean {
  return historical.every((byte, i) => atr[HISTORICAL_BYTES_AT + i] === byte);
}

function nameIn(atr: Uint8Array): number {
  const at = HISTORICAL_BYTES_AT + STORAGE_CARD.length;
  return ((atr[at] ?? 0xff) << 8) | (atr[at + 1] ?? 0xff);
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

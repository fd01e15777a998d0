/**
 * Commands to a contactless reader, and its responses, as bytes: PC/SC part 3, revision 2.02, section 3.2 ("Storage Card
 * Functionality"). Pure: nothing here talks to a reader.
 */

/** What a reader answered, read as the driver must act on it. */
export type Answer =
  /** Done. */
  | { readonly type: 'done'; readonly data: Uint8Array }
  /** The card's own no, or the reader's before it asked the card: nothing has changed, and asking again is useless. */
  | { readonly type: 'refused'; readonly status: number }
  /** It failed, and nobody can tell why: a garbled exchange, a refusal that the reader doesn't tell from one, no card. */
  | { readonly type: 'unclear'; readonly status: number };

/** What is read so from an answer whose status said that all went well. */
export const REFUSED: Answer = { type: 'refused', status: 0x9000 };
export const UNCLEAR: Answer = { type: 'unclear', status: 0x9000 };

/** Status words with which readers pass a card's no on, or say no by themselves (PC/SC part 3, tables of 3.2.2). */
const REFUSALS: ReadonlySet<number> = new Set([
  0x6981, // command incompatible with this kind of card
  0x6982, // security status not satisfied
  0x6983, // authentication cannot be done; to a key: reader key not supported
  0x6984, // reference key not usable
  0x6985, // to a key: secured transmission not supported
  0x6986, // command not allowed; key type not known
  0x6987, // to a key: no lasting memory
  0x6988, // key number not valid
  0x6989, // to a key: wrong length
  0x6a81, // function not supported
  0x6a82, // no such block
]);

/** The card's UID, as anti-collision told it when the card was activated. */
export const GET_UID: Uint8Array = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);

/** @param memory and `number`: see `key-slots.ts` @param key 6 bytes */
export function loadKey(memory: number, number: number, key: Uint8Array): Uint8Array {
  return Uint8Array.of(0xff, 0x82, memory, number, key.length, ...key);
}

/** Authenticates the sector of `block` with the key at that place. */
export function authenticate(block: number, type: 'A' | 'B', number: number): Uint8Array {
  return Uint8Array.of(0xff, 0x86, 0x00, 0x00, 0x05, 0x01, 0x00, block, KEY_TYPES[type], number);
}

/** What MIFARE Classic calls its two keys. */
export const KEY_TYPES = { A: 0x60, B: 0x61 } as const;

/** Reads 16 bytes: one block, or four pages. */
export function readBinary(at: number): Uint8Array {
  return Uint8Array.of(0xff, 0xb0, 0x00, at, 0x10);
}

/** Writes one block of 16 bytes, or one page of 4. */
export function updateBinary(at: number, bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(0xff, 0xd6, 0x00, at, bytes.length, ...bytes);
}

/**
 * A response of at least two bytes, the last two of which are its status. Fewer are no response: that is how
 * pcsc-lite says that the card left meanwhile.
 */
export function answerOf(response: Uint8Array): Answer {
  const status = statusOf(response);
  if (status === 0x9000) return { type: 'done', data: response.slice(0, -2) };
  return { type: REFUSALS.has(status) ? 'refused' : 'unclear', status };
}

function statusOf(response: Uint8Array): number {
  return ((response.at(-2) ?? 0) << 8) | (response.at(-1) ?? 0);
}

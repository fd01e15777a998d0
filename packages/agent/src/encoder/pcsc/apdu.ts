/**
 * Commands to a contactless reader, and its responses, as bytes: PC/SC part 3, revision 2.02, section 3.2 ("Storage Card
 * Functionality"). Pure: nothing here talks to a reader.
 */

/** What a reader answered, read as the driver must act on it. */
export type Answer =
  /** Done. */
  | { readonly type: 'done'; readonly data: Uint8Array }
  /** The card's own no, or the reader's before it asked the card: nothing has changed, and asking again is useless. */
  | { readonly type: 'refused' }
  /** It failed, and nobody can tell why: a garbled exchange, a refusal that the reader doesn't tell from one, no card. */
  | { readonly type: 'unclear' };

export const REFUSED: Answer = { type: 'refused' };
export const UNCLEAR: Answer = { type: 'unclear' };

/** Status words with which readers pass a card's no on, or say no by themselves (PC/SC part 3, tables of 3.2.2). */
const REFUSALS: ReadonlySet<number> = new Set([
  0x6981, // command incompatible with this kind of card
  0x6982, // security status not satisfied
  0x6983, // authentication cannot be done
  0x6984, // reference key not usable
  0x6986, // command not allowed
  0x6a81, // function not supported
  0x6a82, // no such block
]);

/** The card's UID, as anti-collision told it when the card was activated. */
export const GET_UID: Uint8Array = Uint8Array.of(0xff, 0xca, 0x00, 0x00, 0x00);

/** Where a reader keeps a key: until it loses power, or for good. Readers have the one or the other. */
export type KeyMemory = 'volatile' | 'lasting';

/** @param key 6 bytes */
export function loadKey(memory: KeyMemory, key: Uint8Array): Uint8Array {
  return Uint8Array.of(0xff, 0x82, memory === 'volatile' ? 0x00 : 0x20, KEY_SLOT, key.length, ...key);
}

/** Authenticates the sector of `block` with the key that was loaded last. */
export function authenticate(block: number, type: 'A' | 'B'): Uint8Array {
  return Uint8Array.of(0xff, 0x86, 0x00, 0x00, 0x05, 0x01, 0x00, block, type === 'A' ? 0x60 : 0x61, KEY_SLOT);
}

/** Reads 16 bytes: one block, or four pages. */
export function readBinary(at: number): Uint8Array {
  return Uint8Array.of(0xff, 0xb0, 0x00, at, 0x10);
}

/** Writes one block of 16 bytes, or one page of 4. */
export function updateBinary(at: number, bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(0xff, 0xd6, 0x00, at, bytes.length, ...bytes);
}

/** Every reader has a key number 0. */
const KEY_SLOT = 0x00;

/**
 * A response of at least two bytes, the last two of which are its status. Fewer are no response: that is how
 * pcsc-lite says that the card left meanwhile.
 */
export function answerOf(response: Uint8Array): Answer {
  const status = statusOf(response);
  if (status === 0x9000) return { type: 'done', data: response.slice(0, -2) };
  return REFUSALS.has(status) ? REFUSED : UNCLEAR;
}

function statusOf(response: Uint8Array): number {
  return ((response.at(-2) ?? 0) << 8) | (response.at(-1) ?? 0);
}

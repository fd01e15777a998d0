import { KEY_TYPES } from './apdu.ts';

/**
 * Where a reader keeps the key that it is to authenticate with. PC/SC part 3 (3.2.2.1.4) says how to ask for a place, and
 * leaves to each maker which places there are. Sources: [encoders.md](../../../../../docs/encoders.md), "Models".
 */
export interface KeySlot {
  readonly name: 'volatile 00' | 'volatile 20' | 'volatile by type' | 'lasting 00';
  /** P1: 00 until the reader loses power, 20 for good. */
  readonly memory: 0x00 | 0x20;
  /** P2 of loading a key of that type. */
  loadedAt(type: 'A' | 'B'): number;
  /** What authenticating names it by. */
  readonly namedBy: number;
}

const AT_00: KeySlot = { name: 'volatile 00', memory: 0x00, loadedAt: () => 0x00, namedBy: 0x00 };
const AT_20: KeySlot = { name: 'volatile 20', memory: 0x00, loadedAt: () => 0x20, namedBy: 0x20 };
const BY_TYPE: KeySlot = {
  name: 'volatile by type',
  memory: 0x00,
  loadedAt: (type) => KEY_TYPES[type],
  namedBy: 0x01,
};
const LASTING: KeySlot = { name: 'lasting 00', memory: 0x20, loadedAt: () => 0x00, namedBy: 0x00 };

/**
 * Readers of ACS whose numbers 00 to 1F are EEPROM, whatever memory is asked for, and 20 the only volatile place. They may
 * take 00 without a word, and wear it out: so these begin with 20.
 */
const WORN_AT_00 = /\bAC[RM]128/i;

/** In the order in which a reader is asked; the next one when it has refused. @param reader its name at the service */
export function keySlots(reader: string): readonly KeySlot[] {
  return WORN_AT_00.test(reader) ? [AT_20, BY_TYPE, LASTING] : [AT_00, AT_20, BY_TYPE, LASTING];
}

/** What the numbers of a card image may be, both ends included. */
export const CARD_RANGES = {
  /** 0 is never a version, so that an image of zeros names no key. */
  keyVersion: [1, 255],
  /** 0 is never a door, so that a lock that was never set up fits no card. */
  lockNumber: [1, 0xffff_ffff],
  /** Unix minutes; four bytes last until the year 10136. */
  validFrom: [0, 0xffff_ffff],
  validUntil: [0, 0xffff_ffff],
  /** 0 is the lock that has seen no card yet. */
  sequence: [1, 0xffff_ffff],
} as const;

export type CardNumber = keyof typeof CARD_RANGES;

/** Returns a number of a card image as it is. Throws a RangeError outside its range. */
export function inCardRange(name: CardNumber, value: number): number {
  const [least, most] = CARD_RANGES[name];
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} is an integer from ${least} to ${most}, not ${value}`);
  }
  return value;
}

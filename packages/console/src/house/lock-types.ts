import type { components } from '@keyrack/sdk';

export type LockType = components['schemas']['LockType'];

/** Each type of lock with the card type that integrations send for it as `operateCardType`. */
const CARD_TYPES: Readonly<Record<LockType, 2 | 3 | 4>> = {
  'RFLOCK-V9': 2,
  QRLOCK: 3,
  QRALOCK: 4,
  QRBLOCK: 4,
  QRMLOCK: 4,
  QRNLOCK: 4,
  'QRNLOCK-WIFI': 4,
};

export const LOCK_TYPES = Object.keys(CARD_TYPES) as readonly LockType[];

export function cardTypeOf(lockType: LockType): 2 | 3 | 4 {
  return CARD_TYPES[lockType];
}

export function isLockType(text: string): text is LockType {
  return Object.hasOwn(CARD_TYPES, text);
}

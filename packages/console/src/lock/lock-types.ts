import type { components } from '@keyrack/sdk';

export type LockType = components['schemas']['LockType'];

interface Traits {
  /** As integrations send it for such a lock, as `operateCardType`. */
  readonly cardType: 2 | 3 | 4;
  /** Whether using a card can turn it on and off that the lock stays open. */
  readonly canStayOpen: boolean;
  /** Whether the server wants the name of the holder. */
  readonly wantsHolder: boolean;
}

/** What a type of lock means for its cards, as the server has it (domain/lock-type.ts); a test compares. */
const TRAITS: Readonly<Record<LockType, Traits>> = {
  'RFLOCK-V9': { cardType: 2, canStayOpen: false, wantsHolder: false },
  QRLOCK: { cardType: 3, canStayOpen: false, wantsHolder: false },
  QRALOCK: { cardType: 4, canStayOpen: true, wantsHolder: false },
  QRBLOCK: { cardType: 4, canStayOpen: true, wantsHolder: false },
  QRMLOCK: { cardType: 4, canStayOpen: true, wantsHolder: false },
  QRNLOCK: { cardType: 4, canStayOpen: false, wantsHolder: true },
  'QRNLOCK-WIFI': { cardType: 4, canStayOpen: false, wantsHolder: true },
};

export const LOCK_TYPES = Object.keys(TRAITS) as readonly LockType[];

/** What a list of choices offers first. */
export const USUAL_LOCK_TYPE: LockType = 'QRMLOCK';

export function isLockType(text: string): text is LockType {
  return Object.hasOwn(TRAITS, text);
}

export function cardTypeOf(type: LockType): 2 | 3 | 4 {
  return TRAITS[type].cardType;
}

export function canStayOpen(type: LockType): boolean {
  return TRAITS[type].canStayOpen;
}

/** Behind a gateway the server wants it of every lock. */
export function wantsHolder({ type, gateway }: { readonly type: LockType; readonly gateway: boolean }): boolean {
  return gateway || TRAITS[type].wantsHolder;
}

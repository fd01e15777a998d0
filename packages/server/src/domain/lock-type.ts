/** The lock types of the room-card API (docs/room-card-api.md, "Every request"). */
export const LOCK_TYPES = ['RFLOCK-V9', 'QRLOCK', 'QRALOCK', 'QRBLOCK', 'QRMLOCK', 'QRNLOCK', 'QRNLOCK-WIFI'] as const;
export type LockType = (typeof LOCK_TYPES)[number];

/** Card types as requests name them: 2 and 3 go to the signed-in member's encoder, 4 to the encoder that is named. */
export type CardType = 2 | 3 | 4;

export function cardTypeOf(lockType: LockType): CardType {
  switch (lockType) {
    case 'RFLOCK-V9':
      return 2;
    case 'QRLOCK':
      return 3;
    default:
      return 4;
  }
}

/** Whether using a card can turn the lock's staying open on and off. */
export function canStayOpen(lockType: LockType): boolean {
  return lockType === 'QRBLOCK' || lockType === 'QRMLOCK' || lockType === 'QRALOCK';
}

/** Whether requests of this card type go to the encoder of the agent where the member is signed in. */
export function followsSignIn(cardType: CardType): boolean {
  return cardType !== 4;
}

/** Whether cards of such a lock need the name of their holder. Behind a gateway all do. */
export function wantsHolder({
  lockType,
  gateway,
}: {
  readonly lockType: LockType;
  readonly gateway: boolean;
}): boolean {
  return gateway || lockType === 'QRNLOCK' || lockType === 'QRNLOCK-WIFI';
}

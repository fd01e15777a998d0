import type { Room } from './room.ts';

type LockType = Room['lock']['type'];

/** Card type as requests of the room-card API name it. */
export function cardTypeOf(type: LockType): 2 | 3 | 4 {
  return type === 'RFLOCK-V9' ? 2 : type === 'QRLOCK' ? 3 : 4;
}

/** Whether using a card can turn the lock's staying open on and off. The server refuses it for others. */
export function canStayOpen(type: LockType): boolean {
  return type === 'QRBLOCK' || type === 'QRMLOCK' || type === 'QRALOCK';
}

/** Whether the server wants the name of the holder. */
export function wantsHolder({ type, gateway }: Pick<Room['lock'], 'type' | 'gateway'>): boolean {
  return gateway || type === 'QRNLOCK' || type === 'QRNLOCK-WIFI';
}

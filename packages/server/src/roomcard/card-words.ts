import type { RoomRecord } from '../queries/list-records-page.ts';

/**
 * `cardtype` of answers. The published pages name the field and none of its values, so it is the number that the card
 * image itself has (packages/protocol, card-image.ts): 1, a guest's card of one room.
 */
export const GUEST_CARD = '1';

/** What a record tells of (docs/room-card-api.md, "A room's records"). A card that the guest kept counts as lost. */
const RECORD_TYPES = {
  issued: '1',
  read: '2',
  cancelled: '3',
  superseded: '4',
  lost: '4',
  retired: '4',
} as const satisfies Record<RoomRecord['kind'], string>;

export function recordTypeOf(kind: RoomRecord['kind']): string {
  return RECORD_TYPES[kind];
}

/** The kinds that a query of this recordType asks for; 0 for all. */
export function kindsOf(recordType: string): readonly RoomRecord['kind'][] {
  const kinds = Object.keys(RECORD_TYPES) as RoomRecord['kind'][];
  return recordType === '0' ? kinds : kinds.filter((kind) => RECORD_TYPES[kind] === recordType);
}

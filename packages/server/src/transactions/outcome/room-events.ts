import { decodeCardImage, imageOf } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord } from '../../domain/places.ts';
import { findByTag } from '../../queries/room-cards.ts';
import type { Rows } from '../../store/row-types.ts';
import type { ReadTx, Tx } from '../../store/store.ts';

/** Adds a line to a room's history. A card that was read belongs to the room that it says, and a blank one to none. */
export function addRoomEvent(
  tx: Tx,
  event: {
    readonly kind: Rows['roomEvents']['kind'];
    readonly record: CardRecord | undefined;
    readonly operation: Operation;
    readonly at: number;
  },
): void {
  const { kind, operation, at } = event;
  const { propertyId, serial } = operation;
  const record = event.record ?? recordRead(tx, operation);
  if (record === undefined) return;
  tx.put('roomEvents', {
    propertyId,
    id: `${operation.id} ${kind} ${record.id}`,
    roomId: record.roomId,
    at,
    kind,
    serial: record.serial ?? serial,
    recordId: record.id,
    memberId: operation.memberId,
  });
}

function recordRead(tx: ReadTx, { kind, propertyId, serial, reading }: Operation): CardRecord | undefined {
  if (kind !== 'read' || serial === null || reading === null || reading === 'unreadable') return undefined;
  const decoded = decodeCardImage(imageOf(reading));
  return decoded.kind === 'image' ? findByTag(tx, propertyId, serial, decoded.image) : undefined;
}

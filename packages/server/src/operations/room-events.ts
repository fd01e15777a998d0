import type { Operation } from '../domain/operation.ts';
import type { CardRecord } from '../domain/places.ts';
import type { Rows } from '../store/schema.ts';
import type { Tx } from '../store/store.ts';

/** Adds a line to a room's history. A card without a record, a blank one that was read, belongs to no room. */
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
  const recordId = operation.kind === 'read' && serial !== null ? tx.get('cards', propertyId, serial)?.recordId : null;
  const record = event.record ?? (recordId == null ? undefined : tx.get('cardRecords', propertyId, recordId));
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

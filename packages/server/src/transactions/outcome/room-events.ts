import { decodeCardImage, imageOf } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { CardRecord } from '../../domain/places.ts';
import { findByTag } from '../../queries/room-cards.ts';
import type { Hint } from '../../store/hints.ts';
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
  const { id, serial, memberId } = operation;
  const record = event.record ?? recordRead(tx, operation);
  if (record !== undefined) addEventOf(tx, record, { kind, at, serial, memberId, cause: id });
}

/** Adds a line of a card to its room's history. `cause`: what it comes of, so that one cause tells each thing once. */
export function addEventOf(
  tx: Tx,
  { propertyId, id, roomId, serial }: CardRecord,
  event: Pick<Rows['roomEvents'], 'kind' | 'at' | 'serial' | 'memberId'> & { readonly cause: string },
): void {
  const { kind, at, memberId, cause } = event;
  const row = { propertyId, roomId, at, kind, memberId, recordId: id, serial: serial ?? event.serial };
  tx.put('roomEvents', { ...row, id: `${cause} ${kind} ${id}` });
}

function recordRead(tx: ReadTx, { kind, propertyId, serial, reading }: Operation): CardRecord | undefined {
  if (kind !== 'read' || serial === null || reading === null || reading === 'unreadable') return undefined;
  const decoded = decodeCardImage(imageOf(reading));
  return decoded.kind === 'image' ? findByTag(tx, propertyId, serial, decoded.image) : undefined;
}

/** Everything that an operation told of rooms so far. What isn't there is known to be new. */
export function hintRoomEvents(hint: Hint, propertyId: string, operation: string): void {
  hint.find('roomEvents', 'key', [propertyId], { from: `${operation} `, before: `${operation}!`, limit: 16 });
}

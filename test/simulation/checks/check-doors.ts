import {
  deriveLockKey,
  imageOf,
  type LockDecision,
  newRoomLock,
  presentToLock,
  propertyTagOf,
  type Reading,
  type RoomLock,
  type Serial,
} from '@keyrack/protocol';
import { isLater } from '@keyrack/server/domain/card-life.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { CardRecord, Room } from '@keyrack/server/domain/places.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { walk } from '@keyrack/server/store/walk-pages.ts';
import { CARD_KEY, PROPERTY } from '../property/hotel.ts';
import type { Executed, RowChange } from '../world/database.ts';
import type { Ledger } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/**
 * Guests take their cards to the door: when a card was issued, and when one that was issued for later begins. It opens, and from
 * then on the cards of earlier guests don't. A restored database may give sequences out again that the lock has seen, until
 * the minute has passed.
 */

interface DoorParts {
  readonly ledger: Ledger;
  readonly verdict: Verdict;
  readonly contentOf: (serial: Serial) => Reading;
}

/** A card was issued. */
export function checkDoors(tx: ReadTx, { kind, recordId, grant }: Operation, now: number, parts: DoorParts): void {
  const { ledger, verdict, contentOf } = parts;
  if (kind !== 'issue' || recordId === null || grant === null || ledger.restores > 0) return;
  const record = tx.get('cardRecords', PROPERTY, recordId);
  const room = record === undefined ? undefined : tx.get('rooms', PROPERTY, record.roomId);
  if (record?.status !== 'active' || room === undefined || contentOf(grant.serial) !== grant.target) return;
  // The server's clock may have been set back since it granted the card; that of the lock wasn't.
  const lockTime = Math.max(now, record.issuedAt);
  if (isLater(record, lockTime)) {
    const early = show(record, room, lockTime, parts);
    if (early?.opens !== false || early.reason !== 'not-yet-valid')
      verdict.fail('doors', `${recordId} opens ${room.id} before it begins`);
    return;
  }
  // Where its begin has passed and isn't noted yet, the door is tried when it is. Where it was noted by a clock that was set
  // back since, its guest comes when it begins.
  if (record.begun) tryDoor(tx, record, room, Math.max(lockTime, record.validFrom), parts);
}

/** Cards that were issued for later began. */
export function checkBegun(tx: ReadTx, { name, input, changes }: Executed, parts: DoorParts): void {
  const { ledger, verdict } = parts;
  if (name !== 'beginDue' || ledger.restores > 0) return;
  const { now } = input as { now: number };
  const begun = changes.flatMap(({ table, before, after }) =>
    table === 'cardRecords' && !(before as CardRecord).begun && (after as CardRecord).begun
      ? [(after as CardRecord).id]
      : [],
  );
  arrive(ledger, tx, begun);
  for (const id of begun) {
    const record = tx.get('cardRecords', PROPERTY, id);
    const room = record === undefined ? undefined : tx.get('rooms', PROPERTY, record.roomId);
    if (record?.status !== 'active' || room === undefined) continue;
    tryDoor(tx, record, room, Math.max(now, record.validFrom), parts);
    for (const other of earlierCards(tx, record, ledger))
      if (other.status === 'active')
        verdict.fail('doors', `${other.id} counts as good after ${id} of the next guest began`);
  }
}

function tryDoor(tx: ReadTx, record: CardRecord, room: Room, lockTime: number, parts: DoorParts): void {
  const { ledger, verdict } = parts;
  const own = show(record, room, lockTime, parts);
  // What it was written on was written anew, or is being written.
  if (own === null) return;
  if (!own.opens) {
    verdict.fail('doors', `${record.id} doesn't open ${room.id}: ${own.reason}`);
    return;
  }
  ledger.locks.set(room.id, own.next);
  for (const copy of copiesOf(tx, record, ledger)) {
    const lockTimeOfCopy = Math.max(lockTime, copy.issuedAt);
    if (copy.status === 'active' && show(copy, room, lockTimeOfCopy, parts)?.opens === false)
      verdict.fail('doors', `${copy.id} no longer opens ${room.id} after ${record.id} of the same set of copies`);
  }
  for (const other of earlierCards(tx, record, ledger)) {
    // Of one that is pending nobody knows whether there is such a card.
    if (other.status !== 'pending' && show(other, room, lockTime, parts)?.opens === true)
      verdict.fail('doors', `${other.id} still opens ${room.id} after ${record.id} of the next guest`);
  }
}

/** Null where the card doesn't hold what was written for that record. */
function show(
  { serial, id }: CardRecord,
  room: Room,
  lockTime: number,
  { ledger, contentOf }: DoorParts,
): LockDecision<RoomLock> | null {
  const target = ledger.written.get(id);
  if (serial === null || target === undefined || contentOf(serial) !== target) return null;
  return presentToLock(lockOf(ledger, room), { serial, image: imageOf(target) }, lockTime / 60_000);
}

function earlierCards(tx: ReadTx, { id, owner, roomId }: CardRecord, { arrived }: Ledger): CardRecord[] {
  const before = new Set(arrived.slice(0, arrived.indexOf(id)));
  return [...walk(tx, 'cardRecords', 'bySequence', [PROPERTY, roomId])].filter(
    (other) => before.has(other.id) && other.owner !== owner,
  );
}

/** The other cards of the same set of copies that have begun. */
function copiesOf(tx: ReadTx, { id }: CardRecord, { copyOf }: Ledger): CardRecord[] {
  const set = copyOf.get(id);
  if (set === undefined) return [];
  const ids = [...copyOf].flatMap(([each, of]) => (of === set && each !== id ? [each] : []));
  return ids.flatMap((each) => tx.get('cardRecords', PROPERTY, each) ?? []).filter(({ begun }) => begun);
}

/** A card was granted: its guest comes now, behind those for whom one was issued before that has begun since. */
export function noteArrival(tx: ReadTx, recordId: string, now: number, ledger: Ledger): void {
  const record = tx.get('cardRecords', PROPERTY, recordId);
  if (record === undefined) return;
  const due = tx
    .find('cardRecords', 'upcomingByRoom', [PROPERTY, record.roomId])
    .filter((each) => !isLater(each, now) && !ledger.arrived.includes(each.id));
  arrive(
    ledger,
    tx,
    due.map(({ id }) => id),
  );
  const place = ledger.arrived.indexOf(recordId);
  if (place !== -1) ledger.arrived.splice(place, 1);
  if (!isLater(record, now)) ledger.arrived.splice(placeAmongWriters(tx, record, ledger), 0, recordId);
}

/**
 * Behind all who have come. A further card of a guest who is in comes before the next guests whose first cards are still being
 * written at other encoders: nobody can say yet whether they come at all.
 */
function placeAmongWriters(tx: ReadTx, { sequence, roomId }: CardRecord, { arrived }: Ledger): number {
  let place = arrived.length;
  for (const [index, id] of [...arrived.entries()].reverse()) {
    const other = tx.get('cardRecords', PROPERTY, id);
    if (other?.roomId !== roomId) continue;
    if (other.sequence === sequence) return place;
    if (other.status !== 'pending' || other.sequence < sequence) return arrived.length;
    place = index;
  }
  return arrived.length;
}

/**
 * By when they begin, and where they begin together, in the order in which their guests' first cards were granted: a copy comes
 * with the first card of its set.
 */
function arrive(ledger: Ledger, tx: ReadTx, ids: readonly string[]): void {
  const granted = [...ledger.written.keys()];
  const beginOf = (id: string) => tx.get('cardRecords', PROPERTY, id)?.validFrom ?? 0;
  const setOf = (id: string) => ledger.copyOf.get(id) ?? id;
  const firstOf = (id: string) => granted.findIndex((each) => setOf(each) === setOf(id));
  const order = [...ids].sort(
    (a, b) => beginOf(a) - beginOf(b) || firstOf(a) - firstOf(b) || granted.indexOf(a) - granted.indexOf(b),
  );
  ledger.arrived.push(...order.filter((id) => !ledger.arrived.includes(id)));
}

/** A card only ends for one of a guest who has come since, or because its plastic was written anew. */
export function checkEnded(tx: ReadTx, { table, before, after }: RowChange, { ledger, verdict }: DoorParts): void {
  if (table !== 'cardRecords' || before === undefined || after === undefined || ledger.restores > 0) return;
  const { id, status, serial, roomId } = after as CardRecord;
  if ((before as CardRecord).status !== 'active' || (status !== 'superseded' && status !== 'lost')) return;
  const since = ledger.arrived.slice(ledger.arrived.indexOf(id) + 1);
  const granted = [...ledger.written.keys()];
  const isFor = (other: string): boolean => {
    const record = tx.get('cardRecords', PROPERTY, other);
    if (record?.serial === serial && granted.indexOf(other) > granted.indexOf(id)) return true;
    return record?.roomId === roomId && ledger.arrived.includes(id) && since.includes(other);
  };
  if (!granted.some((other) => other !== id && isFor(other)))
    verdict.fail('doors', `${id} is ${status}, and no later guest has come`);
}

function lockOf({ locks }: Ledger, { id, lockNumber }: Room): RoomLock {
  const key = { version: 1, key: deriveLockKey(CARD_KEY, 1, lockNumber) };
  return locks.get(id) ?? newRoomLock(propertyTagOf(PROPERTY), lockNumber, key);
}

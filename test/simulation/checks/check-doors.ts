import {
  deriveLockKey,
  imageOf,
  newRoomLock,
  presentToLock,
  propertyTagOf,
  type Reading,
  type RoomLock,
  type Serial,
} from '@keyrack/protocol';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { CardRecord, Room } from '@keyrack/server/domain/places.ts';
import type { ReadTx } from '@keyrack/server/store/store.ts';
import { walk } from '@keyrack/server/store/walk-pages.ts';
import { CARD_KEY, PROPERTY } from '../property/hotel.ts';
import type { Ledger } from './ledger.ts';
import type { Verdict } from './verdict.ts';

/**
 * A guest takes the card that was just issued to the door: it opens, and from then on the cards of earlier guests don't.
 * A restored database may give sequences out again that the lock has seen, until the minute has passed.
 */
export function checkDoors(
  tx: ReadTx,
  { kind, recordId, grant }: Operation,
  now: number,
  { ledger, verdict, contentOf }: { ledger: Ledger; verdict: Verdict; contentOf: (serial: Serial) => Reading },
): void {
  if (kind !== 'issue' || recordId === null || grant === null || ledger.restores > 0) return;
  const record = tx.get('cardRecords', PROPERTY, recordId);
  const room = record === undefined ? undefined : tx.get('rooms', PROPERTY, record.roomId);
  if (record?.status !== 'active' || room === undefined || contentOf(grant.serial) !== grant.target) return;
  // The server's clock may have been set back since it granted the card; that of the lock wasn't.
  const lockTime = Math.max(now, record.issuedAt);
  const show = ({ serial, id }: CardRecord) => {
    const target = ledger.written.get(id);
    if (serial === null || target === undefined || contentOf(serial) !== target) return null;
    return presentToLock(lockOf(ledger, room), { serial, image: imageOf(target) }, lockTime / 60_000);
  };

  const own = show(record);
  if (own?.opens !== true) {
    verdict.fail('doors', `${recordId} doesn't open ${room.id}: ${own?.reason}`);
    return;
  }
  ledger.locks.set(room.id, own.next);
  for (const other of walk(tx, 'cardRecords', 'bySequence', [PROPERTY, room.id])) {
    // Of one that is pending nobody knows whether there is such a card.
    const isKnown = other.status !== 'pending' && other.owner !== record.owner;
    const isEarlier = isKnown && grantedBefore(ledger, other.id, recordId);
    if (isEarlier && show(other)?.opens === true)
      verdict.fail('doors', `${other.id} still opens ${room.id} after ${recordId} of the next guest`);
  }
}

function lockOf({ locks }: Ledger, { id, lockNumber }: Room): RoomLock {
  const key = { version: 1, key: deriveLockKey(CARD_KEY, 1, lockNumber) };
  return locks.get(id) ?? newRoomLock(propertyTagOf(PROPERTY), lockNumber, key);
}

/** In the order in which their contents were granted, which is that of the guests. */
function grantedBefore({ written }: Ledger, one: string, other: string): boolean {
  const order = [...written.keys()];
  return order.indexOf(one) < order.indexOf(other);
}

import type { Cause } from '../domain/causes.ts';
import type { Operation } from '../domain/operation.ts';
import type { Card, CardRecord } from '../domain/places.ts';
import type { RackCard, RackFacts, RackOperation } from '../domain/rack-state.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';
import { lastGrantedOn } from './known-card.ts';
import { mayOpenUntil } from './may-open.ts';

/**
 * What the key rack's rule is given of a room. For the whole rack it is gathered at once, since a thousand rooms would each ask
 * four times; for a few rooms by room. Both find the same, and a test compares them.
 */

const NOTHING: RackFacts = { cards: [], operations: [] };

/** Of every room of which there is anything to tell. */
export function factsOfRooms(tx: ReadTx, propertyId: string, now: number): (roomId: string) => RackFacts {
  const doubts = doubtsOfProperty(tx, propertyId, now);
  const cards = new Map<string, RackCard[]>();
  const add = (record: CardRecord, doubt: Cause | null) => {
    const card = { record, doubt, mayBeOnPlastic: mayBeOnPlastic(tx, record, now) };
    const others = cards.get(record.roomId);
    if (others === undefined) cards.set(record.roomId, [card]);
    else others.push(card);
  };
  for (const record of walk(tx, 'cardRecords', 'outByEnd', [propertyId], { from: now + 1 }))
    add(record, doubts.get(record.id)?.cause ?? null);
  for (const { record, cause } of doubts.values()) if (record.status === 'void') add(record, cause);
  const operations = operationsByRoom(tx, propertyId);
  return (roomId) => {
    const facts = { cards: cards.get(roomId), operations: operations.get(roomId) };
    return { cards: facts.cards ?? NOTHING.cards, operations: facts.operations ?? NOTHING.operations };
  };
}

/** Of one room, besides the operations of its property. */
export function cardsOfRoom(tx: ReadTx, propertyId: string, roomId: string, now: number): RackCard[] {
  const place = [propertyId, roomId] as const;
  const ended = { from: now + 1 };
  const records = [
    ...tx.find('cardRecords', 'activeBySequence', place),
    ...tx.find('cardRecords', 'upcomingByRoom', place),
    ...walk(tx, 'cardRecords', 'pendingBySequence', place),
    ...walk(tx, 'cardRecords', 'endedByEnd', place, ended),
    ...walk(tx, 'cardRecords', 'failedByEnd', place, ended),
  ].filter(({ validUntil }) => validUntil > now);
  // One that was lost before it began is found twice.
  return [...new Map(records.map((record) => [record.id, record])).values()].flatMap((record) => {
    const card = record.serial === null ? undefined : tx.get('cards', propertyId, record.serial);
    const doubt = card === undefined ? null : doubtAbout(tx, card, record);
    if (record.status === 'void' && doubt === null) return [];
    return { record, doubt, mayBeOnPlastic: mayBeOnPlastic(tx, record, now) };
  });
}

/** Operations that are open or unknown, by the room that they are about. */
export function operationsByRoom(tx: ReadTx, propertyId: string): ReadonlyMap<string, RackOperation[]> {
  const byRoom = new Map<string, RackOperation[]>();
  const add = ({ state, cause, recordId }: Operation) => {
    const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
    if (record === undefined) return;
    const others = byRoom.get(record.roomId) ?? [];
    byRoom.set(record.roomId, [...others, { state, cause, recordId }]);
  };
  for (const operation of walk(tx, 'operations', 'openByEncoder', [propertyId])) add(operation);
  for (const operation of walk(tx, 'operations', 'unknown', [propertyId])) add(operation);
  return byRoom;
}

/** An active one is: another issue on its card, or its cancel, would have put it out of use. */
function mayBeOnPlastic(tx: ReadTx, record: CardRecord, now: number): boolean {
  return record.status === 'active' || mayOpenUntil(tx, record, now) !== null;
}

/** By record, those that haven't ended and of whose card nobody can tell what it holds. */
function doubtsOfProperty(
  tx: ReadTx,
  propertyId: string,
  now: number,
): ReadonlyMap<string, { readonly record: CardRecord; readonly cause: Cause }> {
  const doubts = new Map<string, { readonly record: CardRecord; readonly cause: Cause }>();
  for (const card of walk(tx, 'cards', 'inDoubt', [propertyId])) {
    const damagedBy = card.damagedBy === null ? undefined : tx.get('operations', propertyId, card.damagedBy);
    for (const id of new Set([card.recordId, lastGrantedOn(tx, card)?.recordId, damagedBy?.recordId])) {
      const record = id === null || id === undefined ? undefined : tx.get('cardRecords', propertyId, id);
      if (record === undefined || record.validUntil <= now) continue;
      const cause = doubtAbout(tx, card, record);
      if (cause !== null) doubts.set(record.id, { record, cause });
    }
  }
  return doubts;
}

/** Why nobody can tell whether this card holds what the record says; null where that is known. */
function doubtAbout(tx: ReadTx, card: Card, record: CardRecord): Cause | null {
  const { plastic, recordId } = card;
  if (record.serial !== card.serial || (plastic !== 'damaged' && plastic !== 'unknown')) return null;
  const last = lastGrantedOn(tx, card);
  // It is being written, or will be; what nobody knew of it before is no matter then.
  if (last?.state === 'granted' || last?.state === 'accepted') return null;
  const damagedBy = card.damagedBy === null ? undefined : tx.get('operations', card.propertyId, card.damagedBy);
  if (record.status === 'void')
    return plastic === 'damaged' && damagedBy?.recordId === record.id ? 'card-damaged' : null;
  if (recordId !== record.id && last?.recordId !== record.id && damagedBy?.recordId !== record.id) return null;
  if (plastic === 'damaged') return 'card-damaged';
  return last?.state === 'written-off' ? 'written-off' : 'outcome-unknown';
}

import type { CardRecord } from '../../domain/places.ts';
import type { Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import { endEarlierGuests } from './end-earlier-cards.ts';
import { addEventOf } from './room-events.ts';

/** More that begin at one time follow at once: see runtime/begins.ts. */
const BEGUN_AT_ONCE = 200;

/**
 * Begins the cards of any property whose time has come: from now on they count among the room's guests, and they put the cards
 * of earlier guests out of use. Tells whether more may be due.
 *
 * Any number of nodes may run it: the first begins a card, and the others find it begun.
 */
export function beginDue(
  tx: Tx,
  { now }: { readonly now: number },
): { readonly begun: number; readonly more: boolean } {
  const due = tx.find('cardRecords', 'upcomingDue', [], { before: now + 1, limit: BEGUN_AT_ONCE });
  // By their order, so that of two guests for one time the earlier one's cards end, whichever row comes first.
  for (const { propertyId, id } of [...due].sort((a, b) => a.sequence - b.sequence)) {
    const record = tx.get('cardRecords', propertyId, id);
    if (record !== undefined && !record.begun) beginCard(tx, record, now);
  }
  return { begun: due.length, more: due.length === BEGUN_AT_ONCE };
}

function beginCard(tx: Tx, record: CardRecord, now: number): void {
  const { propertyId, id, roomId, sequence, serial, status } = record;
  const begun = { ...record, begun: true };
  tx.put('cardRecords', begun);
  // Also where nobody can tell whether there is such a card: if there is, the lock opens for it from now on.
  const room = tx.get('rooms', propertyId, roomId);
  if (room !== undefined && sequence > room.sequence) tx.put('rooms', { ...room, sequence });
  if (status !== 'active') return;
  audit(tx, { propertyId, at: now, action: 'card-begun', actor: 'server', details: { serial, record: id } });
  for (const { record: ended, mayOpenUntil } of endEarlierGuests(tx, begun, now)) {
    const kind = ended.status === 'lost' ? 'lost' : 'superseded';
    addEventOf(tx, ended, { kind, at: now, serial: ended.serial, memberId: null, cause: id });
    const details = { serial: ended.serial, record: ended.id, status: ended.status, mayOpenUntil, by: id };
    audit(tx, { propertyId, at: now, action: 'card-superseded', actor: 'server', details });
  }
}

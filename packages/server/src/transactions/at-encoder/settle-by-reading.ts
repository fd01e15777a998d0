import type { Reading } from '@keyrack/protocol';
import type { Operation } from '../../domain/operation.ts';
import type { Card } from '../../domain/places.ts';
import { cardRead } from '../../domain/plastic.ts';
import { currentEpoch } from '../../queries/current-epoch.ts';
import type { Tx } from '../../store/store.ts';
import { change } from '../outcome/record-next-state.ts';

/**
 * Records what a fresh reading shows of the card, and of a write whose outcome was unknown (docs/architecture.md, "What makes it
 * right when something dies"). It concludes the newest grant alone, and none of an epoch before a restore.
 */
export function settleByReading(
  tx: Tx,
  card: Card,
  reading: Reading,
  now: number,
  actor: string,
): { readonly card: Card; readonly changed: Operation[] } {
  const { propertyId, serial } = card;
  const epoch = currentEpoch(tx);
  const changed: Operation[] = [];
  for (const operation of tx.find('operations', 'unsettledBySerial', [propertyId, serial])) {
    if (operation.held) continue;
    const concluded =
      operation.id === card.lastGranted && operation.grant?.life === epoch
        ? change(tx, operation, { type: 'settled', reading, at: now }, now, actor)
        : writeOff(tx, operation, now, actor);
    if (concluded !== null) changed.push(concluded);
  }
  const next = cardRead(tx.get('cards', propertyId, serial) ?? card, reading, epoch);
  tx.put('cards', next);
  return { card: next, changed };
}

function writeOff(tx: Tx, operation: Operation, now: number, actor: string): Operation | null {
  const unknown =
    operation.state === 'granted'
      ? change(tx, operation, { type: 'lost', cause: 'outcome-unknown' }, now, actor)
      : operation;
  return unknown === null ? null : change(tx, unknown, { type: 'written-off', at: now }, now, actor);
}

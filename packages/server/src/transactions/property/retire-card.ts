import type { Serial } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import { advanceCard } from '../../domain/card-life.ts';
import type { Card, CardRecord } from '../../domain/places.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { audit } from '../audit/append-audit.ts';
import type { Changes } from '../journal/changes.ts';
import { change } from '../outcome/record-next-state.ts';

export type RetireResult =
  | ({ readonly ok: true; readonly mayOpenUntil: number } & Changes)
  /**
   * `nothing-on-it`: no card of a room was ever on it, or it was erased. `under-way`: it is being written, or its agent's
   * journal will tell what became of it.
   */
  | { readonly ok: false; readonly why: 'card-unknown' | 'nothing-on-it' | 'under-way' };

/**
 * Takes a card off the books that can't be had back, e.g. since the guest kept it. No hardware is touched: the answer
 * and the records say until when it may still open (Unix milliseconds). A write to
 * it whose outcome is unknown is written off: only a reading could settle it, and the card won't come back.
 */
export function retireCard(
  tx: Tx,
  input: {
    readonly propertyId: string;
    readonly serial: Serial;
    readonly actor: string;
    readonly doer?: Doer;
    readonly now: number;
  },
): RetireResult {
  const { propertyId, serial, actor, doer, now } = input;
  const card = tx.get('cards', propertyId, serial);
  if (card === undefined) return { ok: false, why: 'card-unknown' };
  const open = tx.find('operations', 'unsettledBySerial', [propertyId, serial]);
  if (open.some(({ state, held }) => state === 'granted' || held)) return { ok: false, why: 'under-way' };
  const records = recordsOn(tx, card);
  if (records.length === 0) return { ok: false, why: 'nothing-on-it' };

  const changed = open.flatMap((each) => change(tx, each, { type: 'written-off', at: now }, now, actor, doer) ?? []);
  for (const record of records) retire(tx, record, serial, actor, doer, now);
  return { ok: true, mayOpenUntil: Math.max(now, ...records.map(({ validUntil }) => validUntil)), changed };
}

/** The records of what the plastic holds, or may hold: that of its newest card, and of later writes that nobody can tell of. */
function recordsOn(tx: ReadTx, { propertyId, serial, recordId }: Card): CardRecord[] {
  const newest = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  const since = newest === undefined ? {} : { from: newest.issuedAt };
  return tx
    .find('cardRecords', 'bySerial', [propertyId, serial], { ...since, reverse: true, limit: LATER_RECORDS })
    .reverse()
    .filter(({ status }) => status !== 'void' && status !== 'cancelled');
}

/** Writes to one plastic since its newest card that are looked at. Each of them failed, one after the other. */
const LATER_RECORDS = 1_000;

function retire(tx: Tx, record: CardRecord, serial: Serial, actor: string, doer: Doer | undefined, now: number): void {
  const next = advanceCard(record, 'retired', now);
  // It was lost already: its records say so.
  if (next === record) return;
  const { propertyId, id, roomId } = record;
  tx.put('cardRecords', next);
  tx.put('roomEvents', {
    propertyId,
    id: `${id} retired ${now}`,
    roomId,
    at: now,
    kind: 'retired',
    serial,
    recordId: id,
    memberId: null,
  });
  const details = {
    serial,
    record: id,
    mayOpenUntil: Math.max(now, record.validUntil),
    ...(doer && { by: doer.by, from: doer.from }),
  };
  audit(tx, { propertyId, at: now, action: 'card-retired', actor, details });
}

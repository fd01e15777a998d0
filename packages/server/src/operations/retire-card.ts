import type { Serial } from '@keyrack/protocol';
import type { Refusal } from '../domain/authorise.ts';
import type { Tx } from '../store/store.ts';
import { audit } from './record-change.ts';

export type RetireResult =
  | { readonly ok: true; readonly mayOpenUntil: number }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Takes a card off the books that can't be had back, e.g. since the guest kept it. No hardware is touched: the answer
 * and the record say until when it may still open (Unix milliseconds).
 */
export function retireCard(
  tx: Tx,
  input: { readonly propertyId: string; readonly serial: Serial; readonly actor: string; readonly now: number },
): RetireResult {
  const { propertyId, serial, actor, now } = input;
  const card = tx.get('cards', propertyId, serial);
  if (card === undefined) return { ok: false, refusal: { cause: 'card-unknown' } };
  const record = card.recordId === null ? undefined : tx.get('cardRecords', propertyId, card.recordId);
  if (record === undefined || record.status === 'void') return { ok: false, refusal: { cause: 'card-never-issued' } };
  const open = (['granted', 'unknown'] as const).flatMap((state) =>
    tx.find('operations', 'bySerial', [propertyId, serial, state]),
  );
  if (open.length > 0) return { ok: false, refusal: { cause: 'encoder-busy' } };
  tx.put('cardRecords', { ...record, status: 'lost', endedAt: now });
  tx.put('roomEvents', {
    propertyId,
    id: `${record.id} retired ${now}`,
    roomId: record.roomId,
    at: now,
    kind: 'retired',
    serial,
    recordId: record.id,
    memberId: null,
  });
  const details = { serial, record: record.id, mayOpenUntil: record.validUntil };
  audit(tx, { propertyId, at: now, action: 'card-retired', actor, details });
  return { ok: true, mayOpenUntil: Math.max(record.validUntil, now) };
}

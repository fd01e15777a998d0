import type { Doer } from '../../domain/caller.ts';
import { isSameName } from '../../domain/guest.ts';
import { GUEST_DATA } from '../../domain/limits.ts';
import type { CardRecord } from '../../domain/places.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { auditOf } from '../audit/append-audit.ts';
import { forgetHolder } from './forget-holder.ts';

/** A guest: by their phone, or by the record of one of their cards. */
export type GuestRef = { readonly areaCode: string; readonly mobile: string } | { readonly cardRecord: string };

interface Change {
  readonly propertyId: string;
  readonly doer: Doer;
  readonly now: number;
}

export type DeletedGuestData =
  /** `complete`: false where the guest has more records than are deleted together. */
  | { readonly verdict: 'deleted'; readonly records: number; readonly complete: boolean }
  /** `under-way`: one of their cards is being issued, or nobody knows yet how its issue ended. */
  | { readonly verdict: 'not-found' | 'under-way' };

/** Deletes what is kept of one guest. Their cards stay what they are. */
export function deleteGuestData(
  tx: Tx,
  { propertyId, guest, doer, now }: Change & { readonly guest: GuestRef },
): DeletedGuestData {
  const records = recordsOf(tx, propertyId, guest);
  if (records === null) return { verdict: 'not-found' };
  // What is under way still needs to know whose card it is, or it could end a room-mate's.
  if (records.some(({ status }) => status === 'pending')) return { verdict: 'under-way' };
  for (const record of records) forgetHolder(tx, record);
  const details = { records: records.length, why: 'by-hand' };
  auditOf(tx, doer, { propertyId, at: now, action: 'guest-data-deleted', details });
  return { verdict: 'deleted', records: records.length, complete: records.length < GUEST_DATA.ofOneGuest };
}

function recordsOf(tx: ReadTx, propertyId: string, guest: GuestRef): readonly CardRecord[] | null {
  const byMobile = (areaCode: string, mobile: string) =>
    tx.find('cardRecords', 'keptByMobile', [propertyId, areaCode, mobile], { limit: GUEST_DATA.ofOneGuest });
  if ('mobile' in guest) return byMobile(guest.areaCode, guest.mobile);
  const record = tx.get('cardRecords', propertyId, guest.cardRecord);
  if (record === undefined) return null;
  if (record.holder !== 'kept') return [];
  const { ownerAreaCode, ownerMobile } = record;
  const ofPhone = ownerAreaCode === null || ownerMobile === null ? [] : byMobile(ownerAreaCode, ownerMobile);
  const all = [record, ...ofPhone, ...ofSameStay(tx, record)];
  return [...new Map(all.map((each) => [each.id, each])).values()].slice(0, GUEST_DATA.ofOneGuest);
}

/** Records of the room with the same name and at the same time: the couple's second key, or the stay's extension. */
function ofSameStay(tx: ReadTx, { propertyId, roomId, owner, validFrom, validUntil }: CardRecord): CardRecord[] {
  if (owner === null) return [];
  return tx
    .find('cardRecords', 'bySequence', [propertyId, roomId], { reverse: true, limit: GUEST_DATA.ofOneGuest })
    .filter((each) => each.holder === 'kept' && isSameName(each.owner, owner))
    .filter((each) => each.validFrom <= validUntil && validFrom <= each.validUntil);
}

/** Says how long a property keeps guests' data. */
export function setGuestRule(
  tx: Tx,
  { propertyId, keptDays, doer, now }: Change & { readonly keptDays: number | null },
): void {
  tx.put('guestRules', { propertyId, keptDays });
  auditOf(tx, doer, { propertyId, at: now, action: 'guest-rule-set', details: { keptDays } });
}

import type { CardRecord } from './places.ts';

/** What a request for a new card tells of its holder. */
export interface Holder {
  readonly owner: string | null;
  readonly ownerAreaCode: string | null;
  readonly ownerMobile: string | null;
  /** Unix milliseconds. */
  readonly validUntil: number;
}

/**
 * Whether a new card is for the guest of this record (contract, "Whose card"): by the holder's phone when it is sent and
 * equal; else by name when one is sent; else, with no name on either side, by the end of the stay.
 */
export function isSameGuest(holder: Holder, record: CardRecord): boolean {
  const { owner, ownerAreaCode, ownerMobile } = holder;
  if (ownerAreaCode !== null && ownerMobile !== null) {
    if (ownerAreaCode === record.ownerAreaCode && ownerMobile === record.ownerMobile) return true;
  }
  if (owner !== null) return owner === record.owner;
  return record.owner === null && holder.validUntil === record.validUntil;
}

/**
 * The sequence of a new card of a room, and the earlier cards that it puts out of use.
 *
 * @param records the room's card records
 * @param lastSequence the highest that the room has given out
 */
export function placeInSequence(
  holder: Holder,
  lossReport: boolean,
  records: readonly CardRecord[],
  lastSequence: number,
  now: number,
): { readonly sequence: number; readonly superseded: readonly CardRecord[] } {
  const current = records.filter((record) => record.status === 'active' && record.validUntil > now);
  const guests = lossReport ? undefined : current.find((record) => isSameGuest(holder, record));
  const sequence = guests?.sequence ?? Math.max(lastSequence + 1, Math.floor(now / 60_000));
  return { sequence, superseded: records.filter((record) => record.status === 'active' && record.sequence < sequence) };
}

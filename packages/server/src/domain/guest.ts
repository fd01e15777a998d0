import { isLater } from './card-life.ts';
import { FLAG } from './issue-image.ts';
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
 * Whether a new card is for the guest of this record (docs/room-card-api.md, "Issue a card"): by the holder's phone when it
 * is sent and equal; else by name when one is sent; else, with no name on either side, by the end of the stay. Nobody
 * is the guest of a record whose holder was deleted.
 */
export function isSameGuest(holder: Holder, record: CardRecord): boolean {
  // Whoever it was: a guest of whom nothing is told either would else be taken for them, and leave their cards open.
  if (record.holder === 'deleted') return false;
  const { owner, ownerAreaCode, ownerMobile } = holder;
  if (ownerAreaCode !== null && ownerMobile !== null) {
    if (ownerAreaCode === record.ownerAreaCode && ownerMobile === record.ownerMobile) return true;
  }
  if (owner !== null) return isSameName(owner, record.owner);
  return record.owner === null && holder.validUntil === record.validUntil;
}

/**
 * Whether two names are one (docs/room-card-api.md, "Issue a card"): ADA LOVELACE is Ada Lovelace, however many blanks
 * stand between. Upper case makes one of letters that lower case alone tells apart (ß and ss), and the capital ẞ becomes ß
 * before that. Case may take letters and accents apart, so they are composed again. No locale: a desk's language must not
 * decide whose key still opens.
 */
export function isSameName(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : foldName(a) === foldName(b);
}

/** A name without what makes no difference between two. */
export function foldName(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  return folded.replace(/\s+/gu, ' ').trim();
}

/** Whether a card of this record already is the key that is asked for: a couple's second key is another card. */
export function isSameKey(wanted: CardRecord, record: CardRecord, now: number): boolean {
  return (
    record.holder !== 'deleted' &&
    record.roomId === wanted.roomId &&
    record.validUntil === wanted.validUntil &&
    isLater(record, now) === isLater(wanted, now) &&
    (!isLater(wanted, now) || record.validFrom === wanted.validFrom) &&
    hasSameFlags(wanted, record) &&
    record.ownerAreaCode === wanted.ownerAreaCode &&
    record.ownerMobile === wanted.ownerMobile &&
    isSameName(wanted.owner, record.owner)
  );
}

/** A copy of a card that replaced a lost one is the same key, though it replaces none itself. */
function hasSameFlags(wanted: CardRecord, { flags }: CardRecord): boolean {
  return wanted.flags === flags || (wanted.guest === 'same' && wanted.flags === (flags & ~FLAG.lossReport));
}

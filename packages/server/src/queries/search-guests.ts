import { isLater } from '../domain/card-life.ts';
import { foldName } from '../domain/guest.ts';
import type { CardRecord, Room } from '../domain/places.ts';
import type { ReadTx } from '../store/store.ts';
import { walk } from '../store/walk-pages.ts';
import { mayOpenUntil } from './may-open.ts';

/** A guest with the cards that they have of one room. */
export interface FoundGuest {
  readonly room: Pick<Room, 'id' | 'no' | 'name'>;
  readonly holder: string | null;
  readonly areaCode: string | null;
  readonly mobile: string | null;
  /** `out-of-use`: their cards are, and the lock may open for them all the same. */
  readonly stay: 'in' | 'later' | 'out-of-use';
  readonly cards: number;
  /** Of the cards together. Unix milliseconds. */
  readonly validFrom: number;
  readonly validUntil: number;
}

/** Digits that are few fit too many phones. */
const LEAST_DIGITS = 3;

/** Guests of cards that may open or come later: by any part of the name, in any case, or by digits of the phone. */
export function searchGuests(
  tx: ReadTx,
  query: { readonly propertyId: string; readonly search: string; readonly limit: number; readonly now: number },
): FoundGuest[] {
  const { propertyId, limit, now } = query;
  const name = foldName(query.search);
  const digits = /^[\d\s()+-]+$/.test(query.search) ? query.search.replace(/\D/g, '') : '';
  const fits = ({ owner, ownerAreaCode, ownerMobile }: CardRecord) =>
    (owner !== null && name !== '' && foldName(owner).includes(name)) ||
    (digits.length >= LEAST_DIGITS && ownerMobile !== null && `${ownerAreaCode ?? ''}${ownerMobile}`.includes(digits));
  const stays = new Map<string, CardRecord[]>();
  for (const record of walk(tx, 'cardRecords', 'outByEnd', [propertyId], { from: now + 1 })) {
    if (record.holder !== 'kept' || !fits(record) || mayOpenUntil(tx, record, now) === null) continue;
    const { roomId, owner, ownerAreaCode, ownerMobile } = record;
    const folded = owner === null ? null : foldName(owner);
    const key = JSON.stringify([roomId, stayOf(record, now), folded, ownerAreaCode, ownerMobile]);
    stays.set(key, [...(stays.get(key) ?? []), record]);
  }
  return [...stays.values()]
    .flatMap((records) => guestOf(tx, records, now) ?? [])
    .sort((one, other) => placeOf(one, name) - placeOf(other, name) || compareGuests(one, other))
    .slice(0, limit);
}

function stayOf(record: CardRecord, now: number): FoundGuest['stay'] {
  if (record.status !== 'active') return 'out-of-use';
  return isLater(record, now) ? 'later' : 'in';
}

function guestOf(tx: ReadTx, records: readonly CardRecord[], now: number): FoundGuest | null {
  const [first] = records;
  const room = first && tx.get('rooms', first.propertyId, first.roomId);
  if (first === undefined || room === undefined) return null;
  return {
    room: { id: room.id, no: room.no, name: room.name },
    holder: first.owner,
    areaCode: first.ownerAreaCode,
    mobile: first.ownerMobile,
    stay: stayOf(first, now),
    cards: records.length,
    validFrom: Math.min(...records.map(({ validFrom }) => validFrom)),
    validUntil: Math.max(...records.map(({ validUntil }) => validUntil)),
  };
}

/** Who is in comes first, and of those whose name begins so. */
function placeOf({ stay, holder }: FoundGuest, name: string): number {
  const begins = holder !== null && ` ${foldName(holder)}`.includes(` ${name}`) ? 0 : 1;
  return 2 * ['in', 'later', 'out-of-use'].indexOf(stay) + begins;
}

function compareGuests(one: FoundGuest, other: FoundGuest): number {
  const [a, b] = [`${one.holder ?? ''} ${one.room.no}`, `${other.holder ?? ''} ${other.room.no}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

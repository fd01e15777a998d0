import type { Input } from '@keyrack/sdk';
import { canStayOpen, wantsHolder } from '../lock/lock-types.ts';
import type { DayAndTime } from '../time/zoned.ts';
import type { CardRecord, Room } from './room.ts';
import { asRequested } from './validity.ts';

/** Cards of one issue, at the most; the server has the same limit. */
export const MOST_COPIES = 10;

export type Mode = 'new' | 'duplicate' | 'lost';
export type Issue = Extract<Input<'createOperation'>, { kind: 'issue' }>;

/** What the fields of a form hold. */
export interface Wish {
  readonly mode: Mode;
  readonly name: string;
  readonly gender: '' | 'female' | 'male';
  readonly areaCode: string;
  readonly mobile: string;
  readonly end: DayAndTime;
  /** When it begins; null for at once. */
  readonly begin: DayAndTime | null;
  readonly copies: number;
  readonly normallyOpen: boolean;
}

/** What is typed, apart from how many cards that is for. */
export type Typed = Omit<Wish, 'copies'>;

export type Fault = 'name' | 'phone' | 'begin';

/** What the guest of this card keeps on a new one: who they are, and the door that stays open, where the lock can. */
export function keptOf(card: CardRecord | null, { lock }: Room): Omit<Typed, 'mode' | 'end' | 'begin'> {
  return {
    name: card?.holder ?? '',
    gender: card?.gender ?? '',
    areaCode: card?.areaCode ?? '',
    mobile: card?.mobile ?? '',
    normallyOpen: card?.normallyOpen === true && canStayOpen(lock.type),
  };
}

/** What is missing before anybody is asked; the end is looked at apart. */
export function faultOfWish({ mode, name, areaCode, mobile, begin }: Wish, room: Room, timeZone: string): Fault | null {
  if (mode !== 'duplicate') {
    if (wantsHolder(room.lock) && name.trim() === '') return 'name';
    if (!isPhone(areaCode, mobile)) return 'phone';
  }
  return begin !== null && asRequested(begin, timeZone) === null ? 'begin' : null;
}

function isPhone(areaCode: string, mobile: string): boolean {
  if (areaCode === '' && mobile === '') return true;
  return /^\d{1,6}$/.test(areaCode) && /^\d{4,20}$/.test(mobile);
}

/** What people write between digits, and the server doesn't take. */
export function digitsOf(text: string): string {
  return text.replace(/[\s()+./-]/gu, '');
}

/** The request; null where its end is no time. Same guest takes the holder from the cards that are out. */
export function issueOf(
  wish: Wish,
  { property, room, encoder, timeZone }: { property: string; room: string; encoder: number; timeZone: string },
): Issue | null {
  const validUntil = asRequested(wish.end, timeZone);
  const validFrom = wish.begin === null ? null : asRequested(wish.begin, timeZone);
  if (validUntil === null || (wish.begin !== null && validFrom === null)) return null;
  const { mode, copies, normallyOpen, gender, areaCode, mobile } = wish;
  const name = wish.name.trim();
  const holder = {
    ...(name !== '' && { name }),
    ...(gender !== '' && { gender }),
    ...(mobile !== '' && { areaCode, mobile }),
  };
  return {
    property,
    kind: 'issue',
    encoder,
    room,
    mode,
    validUntil,
    ...(validFrom !== null && { validFrom }),
    copies,
    ...(mode !== 'duplicate' && Object.keys(holder).length > 0 && { holder }),
    normallyOpen,
    // A duplicate is what the other cards are.
    ...(mode !== 'duplicate' && { networked: false }),
  };
}

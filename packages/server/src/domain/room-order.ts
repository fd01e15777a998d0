import type { Refusal } from './authorise.ts';
import { isLater } from './card-life.ts';
import { isSameGuest } from './guest.ts';
import { isLossReport } from './issue-image.ts';
import type { CardRecord } from './places.ts';

/**
 * The order of the guests of a room (docs/cards.md, "Cards for later"). A lock that has seen a sequence refuses the lower ones, so cards
 * are numbered by when they begin and not by when they are issued: a stay that is sold early stays above those before it.
 */

/** What a room has given out, besides the card that is about to be written. */
export interface RoomCards {
  /** Active and pending cards that have begun, not below `newestIssued`. */
  readonly begun: readonly CardRecord[];
  /** The highest sequence of a card that there has been, and that has begun; 0 for none. */
  readonly newestIssued: number;
  /** The highest sequence that has begun, of cards that came to nothing too. */
  readonly lastSequence: number;
  /** Cards that begin later than now and may be out: active, pending and lost ones. */
  readonly upcoming: readonly CardRecord[];
  /** The card that this one is a copy of; undefined for none. */
  readonly original: CardRecord | undefined;
}

export type Placement = { readonly sequence: number } | { readonly refusal: Refusal };

/** Numbers for each minute: so many guests who begin in one minute have a number below those of the next, in whatever order they come. */
export const NUMBERS_A_MINUTE = 16;

/** Stays that an earlier version sold ahead were numbered by the minute alone; who comes before them is numbered like them. */
const NUMBERS_A_MINUTE_BEFORE = 1;

/**
 * The sequence of a card that is about to be written: that of the same guest's cards, or a new one. A new one is above those of
 * all stays that begin no later, and below those that begin later. Cards of one guest that begin at different times are
 * different stays: else a guest who comes between could not have a number between them.
 */
export function placeInOrder(card: CardRecord, room: RoomCards, now: number): Placement {
  const stay = stayOf(card, room, now);
  const living = stay.filter((each) => isLiving(each, now));
  if (card.guest === 'same') {
    const { original } = room;
    // Its guest may have gone since it was asked for, and another one come.
    const isIn = original !== undefined && living.some(({ sequence }) => sequence === original.sequence);
    return isIn ? { sequence: original.sequence } : { refusal: { cause: 'no-guest-in' } };
  }
  const newest = Math.max(0, ...stay.filter(({ status }) => status !== 'pending').map(({ sequence }) => sequence));
  const shared =
    card.guest === 'new' || isLossReport(card)
      ? []
      : living.filter((each) => each.sequence >= newest && isSameGuest(card, each)).map(({ sequence }) => sequence);
  return shared.length > 0 ? { sequence: Math.max(...shared) } : nextInOrder(card, room, now);
}

/** The newest card of the guest who has the room when this card begins; undefined where nobody has. */
export function cardOfGuestIn(card: CardRecord, room: RoomCards, now: number): CardRecord | undefined {
  const living = stayOf(card, room, now).filter((each) => each.status === 'active' && isLiving(each, now));
  return living.sort((a, b) => a.sequence - b.sequence || a.issuedAt - b.issuedAt).at(-1);
}

/** The cards that may be of the same stay: those that begin with it, or where it begins now, of the newest guest. */
function stayOf(card: CardRecord, { upcoming, begun, newestIssued }: RoomCards, now: number): readonly CardRecord[] {
  return isLater(card, now)
    ? upcoming.filter(({ validFrom }) => validFrom === card.validFrom)
    : begun.filter(({ sequence }) => sequence >= newestIssued);
}

function isLiving({ status, sequence, validUntil }: CardRecord, now: number): boolean {
  return validUntil > now && (status === 'active' || (status === 'pending' && sequence > 0));
}

function nextInOrder(card: CardRecord, room: RoomCards, now: number): Placement {
  const begins = isLater(card, now) ? card.validFrom : now;
  const behind = room.upcoming.filter(({ validFrom, sequence }) => validFrom > begins && sequence > 0);
  const sequence = [NUMBERS_A_MINUTE, NUMBERS_A_MINUTE_BEFORE]
    .map((aMinute) => lowestNumber(begins, room, now, aMinute))
    .find((number) => behind.every((each) => each.sequence > number));
  return sequence === undefined ? { refusal: { cause: 'next-stay-too-close' } } : { sequence };
}

/** The clock's number for a begin, or more: as far above each stay that begins sooner as it begins later. */
function lowestNumber(begins: number, { lastSequence, upcoming }: RoomCards, now: number, aMinute: number): number {
  const distance = (earlier: number) =>
    earlier === begins ? 1 : aMinute * Math.max(1, minuteOf(begins) - minuteOf(earlier));
  const sooner = upcoming.filter(({ validFrom }) => validFrom <= begins);
  return Math.max(
    aMinute * minuteOf(begins),
    lastSequence + distance(now),
    ...sooner.map((each) => each.sequence + distance(each.validFrom)),
  );
}

function minuteOf(instant: number): number {
  return Math.floor(instant / 60_000);
}

/** A card that another one puts out of use. */
export interface Stopped {
  readonly record: CardRecord;
  readonly by: CardRecord;
  readonly how: 'superseded' | 'loss-reported';
  /** When. Unix milliseconds. */
  readonly at: number;
  /** Until when a lock that hasn't seen the newer card still opens for it. Unix milliseconds. */
  readonly mayOpenUntil: number;
}

/** The cards that this one puts out of use at the instant at which it begins: those of earlier guests which have begun by then. */
export function stoppedWhenItBegins(card: CardRecord, others: readonly CardRecord[], at: number): Stopped[] {
  const how = howStopped(card);
  return others
    .filter((each) => each.id !== card.id && each.status === 'active' && each.sequence < card.sequence)
    .filter((each) => !isLater(each, at))
    .map((record) => ({ record, by: card, how, at, mayOpenUntil: record.validUntil }));
}

export function howStopped(by: CardRecord): Stopped['how'] {
  return isLossReport(by) ? 'loss-reported' : 'superseded';
}

/**
 * Which of a room's active cards stop, and when, if nothing else is issued: each later card stops what is in when it begins.
 * Only those are told that would still open by their own end.
 */
export function foreseeStops(cards: readonly CardRecord[], issued: CardRecord, now: number): Stopped[] {
  let living: readonly CardRecord[] = [...cards.filter(({ id }) => id !== issued.id), issued];
  const stops: Stopped[] = [];
  const beginning = living
    .filter((each) => each.id === issued.id || isLater(each, now))
    .map((card) => ({ card, at: isLater(card, now) ? card.validFrom : now }))
    .sort((a, b) => a.at - b.at || a.card.sequence - b.card.sequence);
  for (const { card, at } of beginning) {
    const stopped = stoppedWhenItBegins(card, living, at);
    living = living.filter((each) => !stopped.some(({ record }) => record.id === each.id));
    stops.push(...stopped.filter(({ mayOpenUntil }) => mayOpenUntil > at));
  }
  return stops;
}

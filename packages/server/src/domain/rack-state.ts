import { isLater, wasIssued } from './card-life.ts';
import type { Cause } from './causes.ts';
import { FLAG } from './issue-image.ts';
import type { Operation } from './operation.ts';
import type { CardRecord } from './places.ts';

/**
 * What a room's hook on the key rack shows. `vacant` promises that no card is known that may open the door now; so a card that is
 * out of use and may open counts as out. `attention`: a person has to look, since nobody can tell what a card holds, or it is damaged.
 */
export type RackRoomState = 'vacant' | 'out' | 'expires-today' | 'lost' | 'attention';

/** A card record of a room that hasn't ended, with what else is known of its plastic. */
export interface RackCard {
  readonly record: CardRecord;
  /** Whether its content may be on its card still. It is asked of what is out of use or pending; an active one is. */
  readonly mayBeOnPlastic: boolean;
  /** Why nobody can tell what its card holds; null where that is known. */
  readonly doubt: Cause | null;
}

/** An operation of a room: accepted, granted or unknown. */
export type RackOperation = Pick<Operation, 'state' | 'cause' | 'recordId'>;

export interface RackFacts {
  readonly cards: readonly RackCard[];
  readonly operations: readonly RackOperation[];
}

export interface RackTime {
  readonly now: number;
  /** When the property's day ends: the first instant of its next one. Unix milliseconds, as `now`. */
  readonly endOfDay: number;
}

export interface RackState {
  readonly state: RackRoomState;
  /** Cards of the guest who has the room now. */
  readonly cards: number;
  /** Cards out of use, lost ones too, for which the lock may open until it has seen a newer one. */
  readonly outOfUse: number;
  /** When the last of the guest's cards ends; where nobody is in, of those that may open all the same. Null for none. */
  readonly until: number | null;
  readonly normallyOpen: boolean;
  /** Cards of stays that begin later. */
  readonly upcoming: number;
  /** What is being done for the room at an encoder. */
  readonly busy: 'waiting' | 'writing' | null;
  /** Why a person has to look. */
  readonly attention: Cause | null;
}

/** A room as the rack shows it. Time alone changes it at `changesAt` and not before; null for never. */
export function rackState(
  { cards: all, operations }: RackFacts,
  { now, endOfDay }: RackTime,
): RackState & { readonly changesAt: number | null } {
  const cards = all.filter(({ record }) => record.validUntil > now);
  const begun = cards.filter(({ record }) => !isLater(record, now));
  const newest = Math.max(0, ...begun.filter(({ record }) => wasIssued(record)).map(({ record }) => record.sequence));
  const current = begun.filter(({ record }) => record.status === 'active' && record.sequence >= newest);
  const outOfUse = begun.filter((each) => isOutOfUse(each) && !current.includes(each) && each.mayBeOnPlastic);
  const lost = outOfUse.filter(({ record }) => record.status === 'lost');
  const later = cards.filter(({ record }) => record.status === 'active' && isLater(record, now));
  const attention = attentionOf(cards, begun, operations);
  const until = lastEnd(current) ?? lastEnd(outOfUse);
  return {
    state: stateOf({ attention, lost: lost.length, out: current.length, outOfUse: outOfUse.length, until, endOfDay }),
    cards: current.length,
    outOfUse: outOfUse.length,
    until,
    normallyOpen: current.some(({ record }) => (record.flags & FLAG.normallyOpen) !== 0),
    upcoming: later.length,
    busy: busyOf(operations),
    attention,
    changesAt: nextChange(cards, now, endOfDay),
  };
}

function stateOf(found: {
  readonly attention: Cause | null;
  readonly lost: number;
  readonly out: number;
  readonly outOfUse: number;
  readonly until: number | null;
  readonly endOfDay: number;
}): RackRoomState {
  const { attention, lost, out, outOfUse, until, endOfDay } = found;
  if (attention !== null) return 'attention';
  if (lost > 0) return 'lost';
  if (out > 0) return until !== null && until <= endOfDay ? 'expires-today' : 'out';
  return outOfUse > 0 ? 'out' : 'vacant';
}

function isOutOfUse({ record: { status } }: RackCard): boolean {
  return status === 'superseded' || status === 'lost' || status === 'active';
}

function lastEnd(cards: readonly RackCard[]): number | null {
  return cards.length === 0 ? null : Math.max(...cards.map(({ record }) => record.validUntil));
}

/**
 * First what an operation left open, then what nobody knows of a card. A lost card is known to be gone, and a cancelled one is
 * blank. An issue that damaged its card was made good by a later one for the room.
 */
function attentionOf(
  cards: readonly RackCard[],
  begun: readonly RackCard[],
  operations: readonly RackOperation[],
): Cause | null {
  const unknown = operations.find(({ state }) => state === 'unknown');
  if (unknown !== undefined) return unknown.cause ?? 'outcome-unknown';
  const lastIssued = Math.max(
    ...cards.filter(({ record }) => record.status === 'active').map(({ record }) => record.issuedAt),
  );
  const doubtful = cards.find(({ record, doubt }) => {
    if (doubt === null || record.status === 'lost' || record.status === 'cancelled') return false;
    return record.status !== 'void' || record.issuedAt > lastIssued;
  });
  if (doubtful?.doubt) return doubtful.doubt;
  // Nothing is under way for it any more, and it may be on its card.
  const leftOpen = begun.some(({ record, mayBeOnPlastic }) => {
    const isUnderWay = operations.some(({ recordId }) => recordId === record.id);
    return record.status === 'pending' && mayBeOnPlastic && !isUnderWay;
  });
  return leftOpen ? 'written-off' : null;
}

function busyOf(operations: readonly RackOperation[]): RackState['busy'] {
  if (operations.some(({ state }) => state === 'granted')) return 'writing';
  return operations.some(({ state }) => state === 'accepted') ? 'waiting' : null;
}

/** Cards begin and end, and a day does. */
function nextChange(cards: readonly RackCard[], now: number, endOfDay: number): number | null {
  if (cards.length === 0) return null;
  const begins = cards.filter(({ record }) => isLater(record, now)).map(({ record }) => record.validFrom);
  return Math.min(endOfDay, ...begins, ...cards.map(({ record }) => record.validUntil));
}

import type { CardRecord } from './places.ts';

/**
 * The life of a card record, drawn in docs/cards.md. What the plastic holds is another matter: see plastic.ts.
 *
 * - `pending`: being issued, or nobody can tell whether it was.
 * - `void`: it never came to be.
 * - `active`: issued. Before its begin it is upcoming, and after its end expired: no event says so, see `lifeAt`.
 * - `superseded`: a card was issued for a later guest of the room, or over this one on the same plastic.
 * - `lost`: a loss-report card was issued for the room, or it was retired since it can't be had back.
 * - `cancelled`: erased.
 */
export type CardStatus = CardRecord['status'];

export type CardEvent = 'issued' | 'not-issued' | 'superseded' | 'loss-reported' | 'retired' | 'cancelled';

const NEXT: Readonly<Record<CardStatus, Partial<Record<CardEvent, CardStatus>>>> = {
  // Nobody could tell what was on that plastic; it is blank now.
  pending: { issued: 'active', 'not-issued': 'void', retired: 'lost', cancelled: 'cancelled' },
  void: {},
  active: { superseded: 'superseded', 'loss-reported': 'lost', retired: 'lost', cancelled: 'cancelled' },
  superseded: { retired: 'lost', cancelled: 'cancelled' },
  lost: { cancelled: 'cancelled' },
  cancelled: {},
};

/** The record after an event, or the same one when the event changes nothing for it any more. */
export function advanceCard(record: CardRecord, event: CardEvent, at: number): CardRecord {
  const status = NEXT[record.status][event];
  if (status === undefined) return record;
  return { ...record, status, endedAt: status === 'active' ? null : at };
}

/** What a card is at an instant. Time begins a card that was issued for later, and ends one that nothing else has ended. */
export function lifeAt(record: CardRecord, now: number): CardStatus | 'upcoming' | 'expired' {
  if (record.status !== 'active') return record.status;
  if (record.validUntil <= now) return 'expired';
  return isLater(record, now) ? 'upcoming' : 'active';
}

/** Whether a card has yet to begin. One that has begun stays begun, also where the clock was set back since. */
export function isLater({ begun, validFrom }: Pick<CardRecord, 'begun' | 'validFrom'>, now: number): boolean {
  return !begun && validFrom > now;
}

/** Whether there was a card of this record once: its room's lock may have seen it. */
export function wasIssued({ status }: Pick<CardRecord, 'status'>): boolean {
  return status !== 'pending' && status !== 'void';
}

import type { Refusal } from '../domain/authorise.ts';
import type { IssueWish } from '../domain/issue-wish.ts';
import type { CardRecord, Room } from '../domain/places.ts';
import { foreseeStops } from '../domain/room-order.ts';
import type { ReadTx } from '../store/store.ts';
import { findWantedRoom, planCard, type RoomRef } from './plan-card.ts';
import { upcomingCards } from './room-cards.ts';

export type PreviewIssue = RoomRef & IssueWish & { readonly propertyId: string; readonly now: number };

/** A card that stops, by its record. Times in Unix milliseconds. */
export interface ForeseenStop extends PreviewedCard {
  readonly how: 'superseded' | 'loss-reported';
  readonly at: number;
  /** Until when a lock that hasn't seen the new card still opens for it. */
  readonly mayOpenUntil: number;
}

/** A card that is out, by its record. */
export interface PreviewedCard {
  readonly recordId: string;
  readonly serial: string | null;
  readonly owner: string | null;
}

export interface IssuePreview {
  readonly verdict: 'possible';
  readonly room: Room;
  /** When the card would begin. Unix milliseconds. */
  readonly begins: number;
  /** The cards that this issue stops, when it begins. */
  readonly stops: readonly ForeseenStop[];
  /** The guest's cards that go on opening beside it. */
  readonly beside: readonly PreviewedCard[];
  /** When it stops itself before its end, since another stay begins then; null where none does. */
  readonly stopsItself: { readonly at: number; readonly recordId: string } | null;
}

/** What issuing a card would do to the room's cards, if nothing else were issued meanwhile; or why it would be refused. */
export function previewIssue(
  tx: ReadTx,
  input: PreviewIssue,
): IssuePreview | { readonly verdict: 'refused'; readonly refusal: Refusal } {
  const { propertyId, now } = input;
  const room = findWantedRoom(tx, propertyId, input);
  if (room === undefined) return { verdict: 'refused', refusal: { cause: 'room-unknown' } };
  const planned = planCard(tx, input, room, { id: '', copyOf: null, now });
  if ('refusal' in planned) return { verdict: 'refused', refusal: planned.refusal };
  const issued = { ...planned.record, status: 'active', sequence: planned.sequence } as const;
  const living = [
    ...tx.find('cardRecords', 'activeBySequence', [propertyId, room.id]),
    ...upcomingCards(tx, room).filter(({ status }) => status === 'active'),
  ].filter(({ validUntil }) => validUntil > now);
  const foreseen = foreseeStops(living, issued, now);
  const own = foreseen.find(({ record }) => record.id === issued.id);
  return {
    verdict: 'possible',
    room,
    begins: issued.validFrom,
    stops: foreseen
      .filter(({ by }) => by.id === issued.id)
      .map(({ record, how, at, mayOpenUntil }) => ({ ...previewed(record), how, at, mayOpenUntil })),
    beside: living.filter(({ sequence }) => sequence === issued.sequence).map(previewed),
    stopsItself: own === undefined ? null : { at: own.at, recordId: own.by.id },
  };
}

function previewed({ id, serial, owner }: CardRecord): PreviewedCard {
  return { recordId: id, serial, owner };
}

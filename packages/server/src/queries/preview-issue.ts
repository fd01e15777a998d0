import type { Refusal } from '../domain/authorise.ts';
import { type IssueWish, planRecord } from '../domain/issue-wish.ts';
import { foreseeStops } from '../domain/room-order.ts';
import type { ReadTx } from '../store/store.ts';
import { findRoom } from './find-room.ts';
import { roomCardsBeside, upcomingCards } from './room-cards.ts';

export interface PreviewIssue extends IssueWish {
  readonly propertyId: string;
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  readonly now: number;
}

/** A card that stops, by its record. Times in Unix milliseconds. */
export interface ForeseenStop {
  readonly recordId: string;
  readonly serial: string | null;
  readonly owner: string | null;
  readonly how: 'superseded' | 'loss-reported';
  readonly at: number;
  /** Until when a lock that hasn't seen the new card still opens for it. */
  readonly mayOpenUntil: number;
}

export interface IssuePreview {
  readonly verdict: 'possible';
  /** When the card would begin. Unix milliseconds. */
  readonly begins: number;
  /** The cards that this issue stops, when it begins. */
  readonly stops: readonly ForeseenStop[];
  /** The guest's cards that go on opening beside it, by their records. */
  readonly beside: readonly string[];
  /** When it stops itself before its end, since another stay begins then; null where none does. */
  readonly stopsItself: { readonly at: number; readonly recordId: string } | null;
}

/** What issuing a card would do to the room's cards, if nothing else were issued meanwhile; or why it would be refused. */
export function previewIssue(
  tx: ReadTx,
  input: PreviewIssue,
): IssuePreview | { readonly verdict: 'refused'; readonly refusal: Refusal } {
  const { propertyId, now } = input;
  const room = findRoom(tx, propertyId, input);
  if (room === undefined) return { verdict: 'refused', refusal: { cause: 'room-unknown' } };
  const planned = planRecord(input, room, (record) => roomCardsBeside(tx, room, record, now), {
    id: '',
    copyOf: null,
    now,
  });
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
    begins: issued.validFrom,
    stops: foreseen
      .filter(({ by }) => by.id === issued.id)
      .map(({ record, how, at, mayOpenUntil }) => {
        const { id: recordId, serial, owner } = record;
        return { recordId, serial, owner, how, at, mayOpenUntil };
      }),
    beside: living.filter(({ sequence }) => sequence === issued.sequence).map(({ id }) => id),
    stopsItself: own === undefined ? null : { at: own.at, recordId: own.by.id },
  };
}

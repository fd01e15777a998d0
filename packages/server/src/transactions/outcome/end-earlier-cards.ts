import { advanceCard, type CardEvent } from '../../domain/card-life.ts';
import type { CardRecord } from '../../domain/places.ts';
import { howStopped, stoppedWhenItBegins } from '../../domain/room-order.ts';
import { firstIssuedAfter } from '../../queries/room-cards.ts';
import type { Tx } from '../../store/store.ts';

/** A card that another one put out of use, and until when it may still open (Unix milliseconds). */
export interface Ended {
  readonly record: CardRecord;
  readonly mayOpenUntil: number;
}

/** Ends the cards that an issued card puts out of use: the one on this plastic before, and once it has begun, earlier guests'. */
export function endEarlierCards(tx: Tx, issued: CardRecord, at: number): Ended[] {
  const overwritten = endOverwritten(tx, issued, at);
  // A card that begins later ends those of earlier guests when it begins: see begin-cards.ts.
  return issued.begun ? [...overwritten, ...endEarlierGuests(tx, issued, at)] : overwritten;
}

/** What was on the plastic before opens nothing from now on. */
function endOverwritten(tx: Tx, issued: CardRecord, at: number): Ended[] {
  const { propertyId, serial, id } = issued;
  if (serial === null) return [];
  const onIt = tx.find('cardRecords', 'activeBySerial', [propertyId, serial]);
  return onIt.filter((other) => other.id !== id).flatMap((other) => end(tx, other, 'superseded', at, at));
}

/**
 * Ends the cards of the guests before this one, who has come. The card itself ends where a later guest has come before its own
 * outcome was known: the room's lock goes by the sequence.
 */
export function endEarlierGuests(tx: Tx, card: CardRecord, at: number): Ended[] {
  const { propertyId, roomId, sequence } = card;
  const earlier = tx.find('cardRecords', 'activeBySequence', [propertyId, roomId], { before: sequence });
  const ended = stoppedWhenItBegins(card, earlier, at).flatMap(({ record, how, mayOpenUntil }) =>
    end(tx, record, how, at, mayOpenUntil),
  );
  const successor = firstIssuedAfter(tx, card);
  if (successor !== undefined) ended.push(...end(tx, card, howStopped(successor), at, card.validUntil));
  return ended;
}

function end(tx: Tx, record: CardRecord, event: CardEvent, at: number, mayOpenUntil: number): Ended[] {
  const next = advanceCard(record, event, at);
  if (next === record) return [];
  tx.put('cardRecords', next);
  return [{ record: next, mayOpenUntil }];
}

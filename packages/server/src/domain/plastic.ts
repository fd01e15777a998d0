import {
  accessOf,
  BLANK,
  type CardContent,
  decodeCardImage,
  imageOf,
  type Reading,
  type Serial,
} from '@keyrack/protocol';
import { advanceCard } from './card-life.ts';
import type { Operation } from './operation.ts';
import type { Card, CardRecord } from './places.ts';

/** A card that the property has never seen. */
export function newCard(propertyId: string, serial: Serial): Card {
  return {
    propertyId,
    serial,
    plastic: 'unknown',
    content: null,
    knownInLife: 0,
    recordId: null,
    lastGranted: null,
    damagedBy: null,
  };
}

/** The card after somebody read it. What was left half written stays so until it is blank, or was written whole. */
export function cardRead(card: Card, reading: Reading, epoch: number): Card {
  const damagedBy = reading === BLANK ? null : card.damagedBy;
  if (reading === 'unreadable') return { ...card, plastic: 'damaged', content: null, knownInLife: epoch, damagedBy };
  const plastic = damagedBy === null ? plasticOf(reading) : 'damaged';
  return { ...card, plastic, content: reading, knownInLife: epoch, damagedBy };
}

/** The card after one of its operations reached a new state. What an earlier operation did is no news any more. */
export function cardAfter(card: Card, operation: Operation, epoch: number): Card {
  const { grant } = operation;
  if (grant === null || card.lastGranted !== operation.id) return card;
  const damagedBy = damagedAfter(card, operation);
  // In a life that is lost, others may have written to this card since.
  if (grant.life !== epoch && operation.state !== 'granted')
    return { ...card, plastic: 'unknown', content: null, damagedBy };
  switch (operation.state) {
    case 'succeeded':
      return cardRead({ ...card, damagedBy }, grant.target, epoch);
    case 'rejected':
      return cardRead(card, grant.before, epoch);
    case 'damaged':
      return { ...card, plastic: 'damaged', content: null, damagedBy };
    case 'unknown':
    case 'written-off':
      return { ...card, plastic: 'unknown', content: null };
    default:
      return card;
  }
}

/** Who left the plastic half written, once its newest operation reached a new state. */
function damagedAfter(card: Card, { id, state }: Operation): string | null {
  if (state === 'succeeded') return null;
  return state === 'damaged' ? id : card.damagedBy;
}

/**
 * The card record after its operation reached a new state, or the same one when nothing changed for it. One that was
 * written off leaves the record pending: nobody can tell whether there is such a card.
 */
export function recordAfter(record: CardRecord, { kind, state }: Operation, at: number): CardRecord {
  switch (kind) {
    case 'read':
      return record;
    case 'cancel':
      return state === 'succeeded' ? advanceCard(record, 'cancelled', at) : record;
    case 'issue':
      if (state === 'succeeded') return advanceCard(record, 'issued', at);
      return NOT_ISSUED.includes(state) ? advanceCard(record, 'not-issued', at) : record;
  }
}

/** Ends of an issue after which no card of its record can open a door. */
const NOT_ISSUED: readonly Operation['state'][] = ['rejected', 'damaged', 'expired', 'withdrawn'];

/** Whether a cancel of this card would find nothing to do (contract, cancelCard: "already cancelled"). */
export function isErased(card: Card, epoch: number): boolean {
  return card.plastic === 'erased' && card.knownInLife === epoch;
}

function plasticOf(content: CardContent): Card['plastic'] {
  if (content === BLANK) return 'erased';
  if (decodeCardImage(imageOf(content)).kind === 'image') return 'written';
  // Behind factory keys it may be what its maker wrote there.
  return accessOf(content) === 'factory' ? 'unknown' : 'damaged';
}

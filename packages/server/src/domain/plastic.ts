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

/** The card after a reading. Half-written plastic stays `damaged`, however it reads, until it is blank or written whole. */
export function cardRead(card: Card, reading: Reading, epoch: number): Card {
  const damagedBy = reading === BLANK ? null : card.damagedBy;
  if (reading === 'unreadable') return { ...card, plastic: 'damaged', content: null, knownInLife: epoch, damagedBy };
  const plastic = damagedBy === null ? plasticOf(reading) : 'damaged';
  return { ...card, plastic, content: reading, knownInLife: epoch, damagedBy };
}

/** The card after one of its operations reached a new state. Only the operation granted last can change what it holds. */
export function cardAfter(card: Card, operation: Operation, epoch: number): Card {
  const { grant } = operation;
  if (grant === null || card.lastGranted !== operation.id) return card;
  const damagedBy = damagedAfter(card, operation);
  // The grant is of an epoch before a restore: others may have written to this card in what was lost.
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

/** The operation that left the plastic half written, after the newest one reached this state; null where none did. */
function damagedAfter(card: Card, { id, state }: Operation): string | null {
  if (state === 'succeeded') return null;
  return state === 'damaged' ? id : card.damagedBy;
}

/**
 * The card record after its operation reached a new state; the same object where nothing changed. An issue that was written
 * off leaves the record `pending`: there may be such a card, or not.
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

/** Whether a cancel of this card would find nothing to do (docs/room-card-api.md, "Cancel a card"). */
export function isErased(card: Card, epoch: number): boolean {
  return card.plastic === 'erased' && card.knownInLife === epoch;
}

function plasticOf(content: CardContent): Card['plastic'] {
  if (content === BLANK) return 'erased';
  if (decodeCardImage(imageOf(content)).kind === 'image') return 'written';
  // Behind factory keys, the content may be the chip maker's.
  return accessOf(content) === 'factory' ? 'unknown' : 'damaged';
}

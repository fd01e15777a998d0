import {
  accessOf,
  type CardContent,
  decodeCardImage,
  imageOf,
  type Mac,
  type Reading,
  type Serial,
} from '@keyrack/protocol';
import { checkCardType, checkRequester, isSignedIn, type Refusal } from '../../domain/authorise.ts';
import { isSameKey } from '../../domain/guest.ts';
import { judgeContent } from '../../domain/judge-content.ts';
import type { JudgedReading } from '../../domain/judge-reading.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Agent, Card, CardRecord, Room } from '../../domain/places.ts';
import { needsSignIn } from '../../domain/requester.ts';
import { lastGrantedOn, recordOnCard } from '../../queries/known-card.ts';
import { findByTag } from '../../queries/room-cards.ts';
import type { ReadTx } from '../../store/store.ts';
import { findRequester } from '../accept/find-requester.ts';
import { isLastIssued } from '../outcome/unlifted-cards.ts';
import { recordToIssue, refusalOfPlace } from './image-to-write.ts';

/** Why the operation ends now, whatever card lies there: something that it rests on has changed since its acceptance. */
export function refusalSinceAccepted(
  tx: ReadTx,
  operation: Operation,
  agent: Agent,
  { idleMs, now }: { readonly idleMs: number; readonly now: number },
): Refusal | null {
  const { propertyId } = operation;
  const refusal = checkRequester(findRequester(tx, operation, now));
  if (refusal !== null) return refusal;
  // An API key named the encoder, whatever the lock: it is signed in nowhere.
  if (needsSignIn(operation)) {
    const signIn = tx.get('signIns', propertyId, operation.memberId);
    if (!isSignedIn(signIn, { now, idleMs }) || signIn.agentId !== agent.id) return { cause: 'not-signed-in' };
  }
  switch (operation.kind) {
    case 'read':
      return null;
    case 'issue': {
      const found = recordToIssue(tx, operation, now);
      if ('refusal' in found) return found.refusal;
      return refusalOfLock(operation, found.room) ?? refusalOfPlace(tx, found.record, found.room, now);
    }
    case 'cancel': {
      const card = operation.serial === null ? undefined : tx.get('cards', propertyId, operation.serial);
      if (card === undefined) return { cause: 'card-unknown' };
      const record = recordOnCard(tx, card);
      if (record === undefined) return { cause: 'card-never-issued' };
      if (isIssuedSince(tx, operation, card, record)) return { cause: 'card-issued-anew' };
      const room = tx.get('rooms', propertyId, record.roomId);
      return room === undefined ? { cause: 'card-never-issued' } : refusalOfLock(operation, room);
    }
  }
}

/**
 * Whether the card was issued anew after its cancel was asked for. The order of acceptance counts besides the time: after a
 * clock was set back, the later issue looks older.
 */
function isIssuedSince(tx: ReadTx, cancel: Operation, card: Card, record: CardRecord): boolean {
  if (record.id === cancel.recordId) return false;
  const writer = lastGrantedOn(tx, card);
  return (record.issuedAt ?? 0) > cancel.acceptedAt || (writer !== undefined && writer.place > cancel.place);
}

/** Refuses where the room has another lock now: the card type fitted when the operation was accepted. */
function refusalOfLock({ cardType }: Operation, { lockType }: Room): Refusal | null {
  return checkCardType(cardType, lockType) === null ? null : { cause: 'lock-changed' };
}

/** Refuses a card that isn't the one to be cancelled, or whose content this operation may not write over. */
export function refusalOfCard(operation: Operation, serial: Serial, content: Reading, isTorn: boolean): Refusal | null {
  if (operation.kind === 'read') return null;
  if (operation.kind === 'cancel' && operation.serial !== serial) {
    return { cause: 'other-card', facts: { serial: operation.serial ?? '' } };
  }
  const cause = judgeContent(operation.kind, content, operation.propertyId, isTorn);
  return cause === null ? null : { cause };
}

/**
 * Refuses to write a card that is the wanted key already. A couple's second key would be made on the first one's plastic, and
 * one of them would stand outside (docs/room-card-api.md, "Open outcomes, repeats and waits").
 */
export function refusalOfSameKey(
  tx: ReadTx,
  operation: Operation,
  serial: Serial,
  judged: JudgedReading,
  now: number,
): Refusal | null {
  if (operation.kind !== 'issue') return null;
  const found = recordToIssue(tx, operation, now);
  if ('refusal' in found) return null;
  const record = judged.kind === 'genuine' ? findByTag(tx, operation.propertyId, serial, judged.image) : undefined;
  const isThatKey = record?.status === 'active' && record.serial === serial && isSameKey(found.record, record, now);
  return isThatKey ? { cause: 'card-already-issued', facts: { serial } } : null;
}

/** Refuses the card that the last issue here wrote, until it is lifted. Older agents can't tell, so they aren't held to it. */
export function refusalOfUnliftedCard(
  tx: ReadTx,
  operation: Operation,
  input: {
    readonly propertyId: string;
    readonly encoder: Mac;
    readonly serial: Serial;
    readonly tellsLifting: boolean;
  },
): Refusal | null {
  const { propertyId, encoder, serial } = input;
  if (operation.kind !== 'issue' || !input.tellsLifting) return null;
  return isLastIssued(tx, propertyId, encoder, serial) ? { cause: 'card-not-lifted', facts: { serial } } : null;
}

/** Refuses to issue a card that still opens another room. */
export function refusalOfContent(
  tx: ReadTx,
  operation: Operation,
  serial: Serial,
  content: Reading,
  now: number,
): Refusal | null {
  if (operation.kind !== 'issue' || content === 'unreadable') return null;
  const found = recordToIssue(tx, operation, now);
  return 'refusal' in found ? found.refusal : refusalOfOccupiedCard(tx, serial, content, found.room, now);
}

/**
 * Refuses plastic that still opens another room. What the card itself says counts, since the records of a restored database may
 * be older. A card that the records call superseded or lost has a successor, so it may be written.
 */
function refusalOfOccupiedCard(
  tx: ReadTx,
  serial: Serial,
  content: CardContent,
  room: Room,
  now: number,
): Refusal | null {
  const decoded = decodeCardImage(imageOf(content));
  if (decoded.kind !== 'image' || accessOf(content) === 'factory') return null;
  const { image } = decoded;
  if (image.lockNumber === room.lockNumber || image.validUntil * 60_000 <= now) return null;
  const status = findByTag(tx, room.propertyId, serial, image)?.status;
  return status === 'superseded' || status === 'lost' ? null : { cause: 'card-occupied' };
}

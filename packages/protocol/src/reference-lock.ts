import { type CardImage, decodeCardImage, verifyRoomMac, verifySharedMac } from './card-image.ts';
import type { LockKey, SharedDoorKey } from './card-keys.ts';
import type { Serial } from './identifiers.ts';

/**
 * The reference lock: what a lock does with a Keyrack card, as one pure function. Made to be copied into a lock's
 * firmware: it needs AES-128-CMAC, the layout in card-image.ts and the lock's own clock, and no network.
 *
 * A lock remembers its state across power cuts. The state changes only when a card opens the door: a card that is
 * refused leaves no trace, so that nobody can lock a guest out with a made-up card.
 */

/** A key and the version that cards name it by. */
export interface KeyOfVersion<Key> {
  readonly version: number;
  readonly key: Key;
}

/** The door of one room. */
export interface RoomLock {
  readonly kind: 'room';
  readonly propertyTag: string;
  readonly lockNumber: number;
  readonly currentKey: KeyOfVersion<LockKey>;
  /** Still accepted, so that cards which are out when a property changes its key keep working. */
  readonly previousKey: KeyOfVersion<LockKey> | null;
  /** Highest sequence that has opened this door; 0 before the first. */
  readonly highestSequence: number;
  /** Highest sequence of a loss-report card that has opened this door; 0 when none has. */
  readonly lossReportSequence: number;
  /**
   * The door stays open from and until these Unix minutes, the validity of the card that held it; null while every
   * use opens it once. Ask `isHeldOpen`.
   */
  readonly heldOpen: { readonly from: number; readonly until: number } | null;
}

/** A door that many rooms share: lobby, lift, gym. It knows neither room numbers nor the order of guests. */
export interface SharedLock {
  readonly kind: 'shared';
  readonly propertyTag: string;
  readonly currentKey: KeyOfVersion<SharedDoorKey>;
  readonly previousKey: KeyOfVersion<SharedDoorKey> | null;
}

export type Lock = RoomLock | SharedLock;

/** The card at the door: its chip's UID, and the 48 bytes, or null when they could not be read. */
export interface CardAtLock {
  readonly serial: Serial;
  readonly image: Uint8Array | null;
}

/** Why a door stays shut. When several hold, the lock tells the first of this list. */
export type LockRefusal =
  /** The card's content could not be read with the lock's keys, or the card was gone too soon. */
  | 'unreadable'
  /** Nothing is on the card: new, or cancelled. */
  | 'blank'
  /** The bytes aren't an image that this lock understands. */
  | 'not-an-image'
  /** Made for another property, by its own account: a lock can't check the MAC of another door. */
  | 'other-property'
  /** Made for another room of this property, by its own account. */
  | 'other-room'
  /** A shared door, and the card is for its room alone. */
  | 'room-only'
  /** Made under a key older than the previous one, or newer than this lock has been given. */
  | 'unknown-key-version'
  /**
   * The MAC is wrong: bytes were changed, or the image was copied to another chip. A lock can't tell these apart,
   * since it doesn't know which chip the image was made for: see `diagnoseChecksum` for those who do.
   */
  | 'wrong-checksum'
  | 'not-yet-valid'
  | 'expired'
  /** A loss-report card for this room has been used here: an earlier card, perhaps the lost one. */
  | 'loss-reported'
  /** A card of a later guest of this room has been used here. */
  | 'superseded';

/** `next` is what the lock remembers from now on. */
export type LockDecision<L extends Lock> =
  /** `stays-open`: until this is undone. `opens-once`: the door locks again behind the guest. */
  | { readonly opens: true; readonly door: 'opens-once' | 'stays-open'; readonly next: L }
  | { readonly opens: false; readonly reason: LockRefusal; readonly next: L };

/** A room's lock as it is set up, before its first card. */
export function newRoomLock(propertyTag: string, lockNumber: number, key: KeyOfVersion<LockKey>): RoomLock {
  return {
    kind: 'room',
    propertyTag,
    lockNumber,
    currentKey: key,
    previousKey: null,
    highestSequence: 0,
    lossReportSequence: 0,
    heldOpen: null,
  };
}

export function newSharedLock(propertyTag: string, key: KeyOfVersion<SharedDoorKey>): SharedLock {
  return { kind: 'shared', propertyTag, currentKey: key, previousKey: null };
}

/** The lock after its property's key changed: the current key becomes the previous one, which is forgotten. */
export function withNextKey<L extends Lock>(lock: L, key: L['currentKey']): L {
  return { ...lock, currentKey: key, previousKey: lock.currentKey };
}

/** Whether the door is open to everybody. `now` in Unix minutes. */
export function isHeldOpen(lock: RoomLock, now: number): boolean {
  return lock.heldOpen !== null && now >= lock.heldOpen.from && now < lock.heldOpen.until;
}

/** Decides what the lock does with a card. `now` is the lock's clock in Unix minutes, with or without a fraction. */
export function presentToLock<L extends Lock>(lock: L, card: CardAtLock, now: number): LockDecision<L>;
export function presentToLock(lock: Lock, card: CardAtLock, now: number): LockDecision<Lock> {
  if (card.image === null) return { opens: false, reason: 'unreadable', next: lock };
  const decoded = decodeCardImage(card.image);
  if (decoded.kind !== 'image') return { opens: false, reason: decoded.kind, next: lock };
  const { image } = decoded;

  const reason =
    refusalByDoor(lock, image) ??
    refusalByMac(lock, image, card.image, card.serial) ??
    refusalByTime(image, now) ??
    (lock.kind === 'room' ? refusalBySequence(lock, image) : null);
  if (reason !== null) return { opens: false, reason, next: lock };

  // A shared door never stays open for one guest: `normallyOpen` means the guest's own room.
  if (lock.kind === 'shared') return { opens: true, door: 'opens-once', next: lock };
  const next = afterOpening(lock, image, now);
  return { opens: true, door: next.heldOpen === null ? 'opens-once' : 'stays-open', next };
}

function refusalByDoor(lock: Lock, image: CardImage): LockRefusal | null {
  if (image.propertyTag !== lock.propertyTag) return 'other-property';
  if (lock.kind === 'room') return image.lockNumber === lock.lockNumber ? null : 'other-room';
  return image.sharedDoors ? null : 'room-only';
}

function refusalByMac(lock: Lock, image: CardImage, bytes: Uint8Array, serial: Serial): LockRefusal | null {
  const right =
    lock.kind === 'room'
      ? checkUnderNamedKey(lock, image, (key) => verifyRoomMac(bytes, serial, key))
      : checkUnderNamedKey(lock, image, (key) => verifySharedMac(bytes, serial, key));
  if (right === null) return 'unknown-key-version';
  return right ? null : 'wrong-checksum';
}

/** Null when the lock has no key of the version that the image names. */
function checkUnderNamedKey<Key>(
  lock: { readonly currentKey: KeyOfVersion<Key>; readonly previousKey: KeyOfVersion<Key> | null },
  image: CardImage,
  verify: (key: Key) => boolean,
): boolean | null {
  if (lock.currentKey.version === image.keyVersion) return verify(lock.currentKey.key);
  if (lock.previousKey?.version === image.keyVersion) return verify(lock.previousKey.key);
  return null;
}

function refusalByTime(image: CardImage, now: number): LockRefusal | null {
  if (now < image.validFrom) return 'not-yet-valid';
  // A clock without a value (NaN) ends here too.
  return now < image.validUntil ? null : 'expired';
}

/** An equal sequence is the same guest's other card, and opens. */
function refusalBySequence(lock: RoomLock, image: CardImage): LockRefusal | null {
  if (image.sequence < lock.lossReportSequence) return 'loss-reported';
  return image.sequence < lock.highestSequence ? 'superseded' : null;
}

/**
 * A normally-open card holds the door open at one use and lets go of it at the next, when the door opens this one
 * time more. The door is never held longer than the card is valid, and not from one guest to the next. The same
 * guest's other cards leave it as it is.
 */
function afterOpening(lock: RoomLock, image: CardImage, now: number): RoomLock {
  const sameGuest = image.sequence === lock.highestSequence;
  const held = sameGuest && isHeldOpen(lock, now) ? lock.heldOpen : null;
  const toggled = held === null ? { from: image.validFrom, until: image.validUntil } : null;
  return {
    ...lock,
    highestSequence: image.sequence,
    lossReportSequence: image.lossReport ? image.sequence : lock.lossReportSequence,
    heldOpen: image.normallyOpen ? toggled : held,
  };
}

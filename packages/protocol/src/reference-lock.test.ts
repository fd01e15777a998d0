import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CardImage, type CardImageKeys, encodeCardImage } from './card-image.ts';
import { deriveLockKey, deriveSharedDoorKey } from './card-keys.ts';
import type { Serial } from './identifiers.ts';
import {
  type CardAtLock,
  isHeldOpen,
  type Lock,
  type LockDecision,
  newRoomLock,
  newSharedLock,
  presentToLock,
  type RoomLock,
  withNextKey,
} from './reference-lock.ts';
import {
  anyImage,
  anyKeys,
  anySerial,
  bytes,
  minuteWithin,
  serialWithBitFlipped,
  withBitFlipped,
} from './testing/card-image-arbitraries.ts';

const ROOT = new Uint8Array(32).fill(7);
const PROPERTY = '0011223344556677';
const ROOM = 1207;
const NOON = 29_700_000;
const SERIAL = '04A1B2C3D4E5F6' as Serial;

const guest: CardImage = {
  cardType: 'guest',
  normallyOpen: false,
  networked: false,
  lossReport: false,
  sharedDoors: true,
  keyVersion: 1,
  propertyTag: PROPERTY,
  lockNumber: ROOM,
  validFrom: NOON - 10,
  validUntil: NOON + 1440,
  sequence: NOON,
  cardTag: '00000001',
};

function keysOf(image: CardImage): CardImageKeys {
  return {
    lockKey: deriveLockKey(ROOT, image.keyVersion, image.lockNumber),
    sharedDoorKey: deriveSharedDoorKey(ROOT, image.keyVersion),
  };
}

/** A card as the property issues it. */
function card(fields: Partial<CardImage> = {}, serial = SERIAL): CardAtLock {
  const image = { ...guest, ...fields };
  return { serial, image: encodeCardImage(image, keysOf(image), serial) };
}

const roomKey = (version: number) => ({ version, key: deriveLockKey(ROOT, version, ROOM) });
const sharedKey = (version: number) => ({ version, key: deriveSharedDoorKey(ROOT, version) });
const room = newRoomLock(PROPERTY, ROOM, roomKey(1));
const lobby = newSharedLock(PROPERTY, sharedKey(1));

function said(decision: LockDecision<Lock>): string {
  return decision.opens ? decision.door : decision.reason;
}

/** What the lock says to the cards, one after the other, and what it remembers in the end. */
function afterCards(lock: RoomLock, cards: readonly CardAtLock[], now = NOON): [string[], RoomLock] {
  let next = lock;
  const sayings = cards.map((one) => {
    const decision = presentToLock(next, one, now);
    next = decision.next;
    return said(decision);
  });
  return [sayings, next];
}

/** The locks that a card fits. */
function locksFor(image: CardImage, keys: CardImageKeys): Lock[] {
  const doors: Lock[] = [
    newRoomLock(image.propertyTag, image.lockNumber, { version: image.keyVersion, key: keys.lockKey }),
  ];
  if (image.sharedDoors) {
    doors.push(newSharedLock(image.propertyTag, { version: image.keyVersion, key: keys.sharedDoorKey }));
  }
  return doors;
}

const anyValidCard = fc
  .tuple(anyImage, anyKeys, anySerial)
  .chain(([image, keys, serial]) => fc.tuple(fc.constant({ image, keys, serial }), minuteWithin(image)));

describe('any card, at the doors that it was made for,', () => {
  test('opens them within its validity, and never outside it', () => {
    fc.assert(
      fc.property(anyValidCard, fc.integer(), ([{ image, keys, serial }, within], offset) => {
        const atDoor = { serial, image: encodeCardImage(image, keys, serial) };
        for (const lock of locksFor(image, keys)) {
          expect(presentToLock(lock, atDoor, within).opens).toBe(true);
          expect(said(presentToLock(lock, atDoor, image.validFrom - 1))).toBe('not-yet-valid');
          expect(said(presentToLock(lock, atDoor, image.validUntil))).toBe('expired');
          expect(presentToLock(lock, atDoor, Number.NaN).opens).toBe(false);
          const now = image.validFrom + offset;
          expect(presentToLock(lock, atDoor, now).opens).toBe(now >= image.validFrom && now < image.validUntil);
        }
      }),
    );
  });

  test('is refused when any bit of the image or the UID is another, and the lock remembers nothing of it', () => {
    fc.assert(
      fc.property(anyValidCard, ([{ image, keys, serial }, within]) => {
        const encoded = encodeCardImage(image, keys, serial);
        const forged: CardAtLock[] = [];
        for (let bit = 0; bit < 8 * 48; bit += 1) forged.push({ serial, image: withBitFlipped(encoded, bit) });
        for (let bit = 0; bit < 4 * serial.length; bit += 1) {
          forged.push({ serial: serialWithBitFlipped(serial, bit), image: encoded });
        }
        for (const lock of locksFor(image, keys)) {
          for (const one of forged) {
            const decision = presentToLock(lock, one, within);
            expect(decision.opens).toBe(false);
            expect(decision.next).toBe(lock);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test('is refused when it lies on another chip', () => {
    fc.assert(
      fc.property(anyValidCard, anySerial, ([{ image, keys, serial }, within], clone) => {
        fc.pre(clone !== serial);
        const copy = { serial: clone, image: encodeCardImage(image, keys, serial) };
        for (const lock of locksFor(image, keys))
          expect(said(presentToLock(lock, copy, within))).toBe('wrong-checksum');
      }),
    );
  });

  test('opens no door of another property, nor another room', () => {
    fc.assert(
      fc.property(anyValidCard, anyImage, anyKeys, ([{ image, keys, serial }, within], other, otherKeys) => {
        const atDoor = { serial, image: encodeCardImage(image, keys, serial) };
        for (const lock of locksFor({ ...other, keyVersion: image.keyVersion }, otherKeys)) {
          fc.pre(lock.propertyTag !== image.propertyTag);
          expect(said(presentToLock(lock, atDoor, within))).toBe('other-property');
        }
        // Neither by its number nor, were the number the same, by its key.
        const lock = newRoomLock(image.propertyTag, other.lockNumber, {
          version: image.keyVersion,
          key: otherKeys.lockKey,
        });
        const expected = other.lockNumber === image.lockNumber ? 'wrong-checksum' : 'other-room';
        expect(said(presentToLock(lock, atDoor, within))).toBe(expected);
        const renumbered = { ...lock, lockNumber: image.lockNumber };
        expect(said(presentToLock(renumbered, atDoor, within))).toBe('wrong-checksum');
      }),
    );
  });

  test('made of random bytes opens nothing, and nothing throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(bytes(48), fc.uint8Array({ maxLength: 64 })),
        anySerial,
        fc.integer(),
        (image, serial, now) => {
          expect(presentToLock(room, { serial, image }, now).opens).toBe(false);
          expect(presentToLock(lobby, { serial, image }, now).opens).toBe(false);
        },
      ),
    );
  });
});

describe('a room lock tells why it refuses', () => {
  test.each<[string, CardAtLock]>([
    ['unreadable', { serial: SERIAL, image: null }],
    ['blank', { serial: SERIAL, image: new Uint8Array(48) }],
    ['not-an-image', { serial: SERIAL, image: new Uint8Array(48).fill(0xa5) }],
    ['other-property', card({ propertyTag: 'ffffffffffffffff' })],
    ['other-room', card({ lockNumber: ROOM + 1 })],
    ['unknown-key-version', card({ keyVersion: 2 })],
    ['wrong-checksum', { ...card(), serial: '4567' as Serial }],
    ['not-yet-valid', card({ validFrom: NOON + 1 })],
    ['expired', card({ validUntil: NOON })],
  ])('%s', (reason, shown) => expect(said(presentToLock(room, shown, NOON))).toBe(reason));
});

describe('the sequence of guests', () => {
  test('lets the earlier guest in until the newer card is first used here, and not after', () => {
    const earlier = card({ sequence: NOON });
    const newer = card({ sequence: NOON + 1 }, '4567' as Serial);
    const [sayings] = afterCards(room, [earlier, earlier, newer, earlier, newer]);
    expect(sayings).toEqual(['opens-once', 'opens-once', 'opens-once', 'superseded', 'opens-once']);
  });

  test('lets the cards of the same guest live side by side', () => {
    const extension = card({ validUntil: NOON + 9999 }, '4567' as Serial);
    expect(afterCards(room, [card(), extension, card(), extension])[0]).toEqual(Array(4).fill('opens-once'));
  });

  test('never goes back, whatever cards are used in whatever order', () => {
    const sequences = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(sequences, (shown) => {
        let lock = room;
        for (const sequence of shown) {
          const decision = presentToLock(lock, card({ sequence }), NOON);
          expect(decision.opens).toBe(sequence >= lock.highestSequence);
          expect(decision.next.highestSequence).toBe(Math.max(sequence, lock.highestSequence));
          lock = decision.next;
        }
      }),
    );
  });

  test.each(['held to it first', 'held to it last'])(
    'leaves the guest in until a later stay begins, its card %s',
    (when) => {
      const present = card({ sequence: NOON });
      const later = card({ sequence: NOON + 60, validFrom: NOON + 60, validUntil: NOON + 1500 }, '4567' as Serial);
      const [before, lock] = afterCards(room, when === 'held to it first' ? [later, present] : [present, later]);
      expect(before.sort()).toEqual(['not-yet-valid', 'opens-once']);
      expect(afterCards(lock, [present, later, present], NOON + 59)[0]).toEqual([
        'opens-once',
        'not-yet-valid',
        'opens-once',
      ]);
      expect(afterCards(lock, [present, later, present], NOON + 60)[0]).toEqual([
        'opens-once',
        'opens-once',
        'superseded',
      ]);
    },
  );

  test('lets in a guest of a stay that is sold after a later one, for sooner', () => {
    const later = card({ sequence: NOON + 60, validFrom: NOON + 60 });
    const sooner = card({ sequence: NOON + 30, validFrom: NOON + 30 }, '4567' as Serial);
    const [, lock] = afterCards(room, [card({ sequence: NOON }), later]);
    const [sayings, then] = afterCards(lock, [sooner, card({ sequence: NOON })], NOON + 30);
    expect(sayings).toEqual(['opens-once', 'superseded']);
    expect(afterCards(then, [later, sooner], NOON + 60)[0]).toEqual(['opens-once', 'superseded']);
  });

  test('does not move for a newer card that is refused', () => {
    const early = card({ sequence: NOON + 1, validFrom: NOON + 5 });
    const forged = { ...card({ sequence: NOON + 2 }), serial: '4567' as Serial };
    expect(afterCards(room, [early, forged, card()])[0]).toEqual(['not-yet-valid', 'wrong-checksum', 'opens-once']);
  });

  test('tells cards from before a loss report from cards of an earlier guest since', () => {
    const lost = card({ sequence: 5 });
    const report = card({ sequence: 6, lossReport: true });
    const later = card({ sequence: 7 });
    const [sayings] = afterCards(room, [lost, report, lost, report, later, report, lost]);
    expect(sayings).toEqual([
      'opens-once',
      'opens-once',
      'loss-reported',
      'opens-once',
      'opens-once',
      'superseded',
      'loss-reported',
    ]);
  });
});

describe('a normally-open card', () => {
  const normallyOpen = card({ normallyOpen: true });

  test('holds the door open at one use and lets go at the next', () => {
    const [sayings, lock] = afterCards(room, [normallyOpen]);
    expect(sayings).toEqual(['stays-open']);
    expect(isHeldOpen(lock, NOON)).toBe(true);
    const [then, released] = afterCards(lock, [normallyOpen]);
    expect(then).toEqual(['opens-once']);
    expect(isHeldOpen(released, NOON)).toBe(false);
    expect(afterCards(released, [normallyOpen])[0]).toEqual(['stays-open']);
  });

  test('holds the door no longer than it is valid', () => {
    fc.assert(
      fc.property(anyValidCard, fc.integer(), ([{ image, keys, serial }, within], offset) => {
        const [lock] = locksFor(image, keys) as [RoomLock];
        const held = presentToLock(lock, { serial, image: encodeCardImage(image, keys, serial) }, within).next;
        expect(isHeldOpen(held, within)).toBe(image.normallyOpen);
        for (const now of [image.validFrom - 1, image.validUntil, image.validUntil + Math.abs(offset)]) {
          expect(isHeldOpen(held, now)).toBe(false);
        }
      }),
    );
  });

  test('holds the door no longer than to the next guest', () => {
    const [sayings, lock] = afterCards(room, [normallyOpen, card({ sequence: NOON + 1 })]);
    expect(sayings).toEqual(['stays-open', 'opens-once']);
    expect(isHeldOpen(lock, NOON)).toBe(false);
    const both = [normallyOpen, card({ sequence: NOON + 1, normallyOpen: true })];
    expect(afterCards(room, both)[0]).toEqual(['stays-open', 'stays-open']);
  });

  test('holds the door anew when its holding has ended with an earlier validity', () => {
    const [, lock] = afterCards(room, [normallyOpen]);
    const extension = card({ normallyOpen: true, validUntil: NOON + 9999 });
    const [sayings, held] = afterCards(lock, [extension], NOON + 2000);
    expect(sayings).toEqual(['stays-open']);
    expect(isHeldOpen(held, NOON + 2000)).toBe(true);
  });

  test('is not undone by another card of the same guest', () => {
    expect(afterCards(room, [normallyOpen, card()])[0]).toEqual(['stays-open', 'stays-open']);
  });

  test('holds no shared door', () => {
    expect(said(presentToLock(lobby, normallyOpen, NOON))).toBe('opens-once');
  });
});

describe('a shared door', () => {
  test('opens for every room of the property, and for each guest alike', () => {
    for (const shown of [card(), card({ lockNumber: 1 }), card({ sequence: 1 }), card({ sequence: NOON + 1 })]) {
      expect(said(presentToLock(lobby, shown, NOON))).toBe('opens-once');
    }
  });

  test.each<[string, CardAtLock]>([
    ['room-only', card({ sharedDoors: false })],
    ['other-property', card({ propertyTag: 'ffffffffffffffff' })],
    ['unknown-key-version', card({ keyVersion: 2 })],
    ['expired', card({ validUntil: NOON })],
  ])('refuses with %s', (reason, shown) => expect(said(presentToLock(lobby, shown, NOON))).toBe(reason));
});

test('after its key changed, a lock takes cards of the current and the previous version and of no other', () => {
  for (const [first, keyOf] of [
    [room, roomKey],
    [lobby, sharedKey],
  ] as const) {
    const second = withNextKey<Lock>(first, keyOf(2));
    const third = withNextKey<Lock>(second, keyOf(3));
    const openedBy = (lock: Lock) =>
      [1, 2, 3, 4].filter((keyVersion) => presentToLock(lock, card({ keyVersion }), NOON).opens);
    expect(openedBy(first)).toEqual([1]);
    expect(openedBy(second)).toEqual([1, 2]);
    expect(openedBy(third)).toEqual([2, 3]);
    expect(said(presentToLock(third, card({ keyVersion: 1 }), NOON))).toBe('unknown-key-version');
  }
});

test('the order of guests survives a change of the key', () => {
  const [, used] = afterCards(room, [card({ sequence: 9 })]);
  const changed = withNextKey(used, roomKey(2));
  expect(said(presentToLock(changed, card({ sequence: 8, keyVersion: 2 }), NOON))).toBe('superseded');
});

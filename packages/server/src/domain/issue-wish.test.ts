import { describe, expect, test } from 'vitest';
import { FLAG } from './issue-image.ts';
import { type IssueWish, planRecord } from './issue-wish.ts';
import { type CardRecord, newCardRecord, type Room } from './places.ts';

const NOW = 1_764_000_000_000;
const HOUR = 3_600_000;
const ROOM: Room = {
  propertyId: 'property',
  id: 'room',
  buildingId: 'b',
  floorId: 'f',
  no: '1',
  name: '101',
  lockType: 'QRBLOCK',
  lockNumber: 1,
  sequence: 100,
  gateway: false,
  joinedNo: '111',
};
const WISH: IssueWish = {
  mode: 'duplicate',
  beginsAt: null,
  validUntil: NOW + 48 * HOUR,
  owner: null,
  ownerGender: null,
  ownerAreaCode: null,
  ownerMobile: null,
  normallyOpen: null,
  networked: null,
};
const IN: CardRecord = newCardRecord({
  ...{ propertyId: 'property', id: 'in', roomId: 'room', sequence: 100, flags: FLAG.normallyOpen | FLAG.networked },
  ...{ validFrom: NOW - HOUR, validUntil: NOW + 24 * HOUR, issuedAt: NOW - HOUR },
  ...{ owner: 'Ada', ownerGender: 'female', ownerAreaCode: '86', ownerMobile: '138' },
});

function plan(change: Partial<IssueWish>, room: Room = ROOM, card = IN) {
  const cards = { begun: [card], newestIssued: 100, lastSequence: 100, upcoming: [], original: card };
  const planned = planRecord({ ...WISH, ...change }, room, () => cards, { id: 'new', copyOf: null, now: NOW });
  if ('refusal' in planned) return planned.refusal.cause;
  const { flags, ownerMobile } = planned.record;
  return { open: (flags & FLAG.normallyOpen) !== 0, networked: (flags & FLAG.networked) !== 0, ownerMobile };
}

describe('a duplicate', () => {
  test('takes what its wish leaves out from the card that it duplicates', () => {
    expect(plan({})).toEqual({ open: true, networked: true, ownerMobile: '138' });
    expect(plan({}, ROOM, { ...IN, flags: 0 })).toEqual({ open: false, networked: false, ownerMobile: '138' });
  });

  test('does what its wish says', () => {
    expect(plan({ normallyOpen: false, networked: false })).toMatchObject({ open: false, networked: false });
    expect(plan({ normallyOpen: true }, ROOM, { ...IN, flags: 0 })).toMatchObject({ open: true, networked: false });
  });

  test('keeps no door open whose lock was changed for one that can’t', () => {
    expect(plan({}, { ...ROOM, lockType: 'QRLOCK' })).toMatchObject({ open: false, networked: true });
    expect(plan({ normallyOpen: true }, { ...ROOM, lockType: 'QRLOCK' })).toBe('open-type-unfit');
  });
});

test('a new guest’s card takes nothing from the one before', () => {
  expect(plan({ mode: 'new' })).toEqual({ open: false, networked: false, ownerMobile: null });
});

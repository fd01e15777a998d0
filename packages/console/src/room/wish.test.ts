import { expect, test } from 'vitest';
import type { CardRecord, Room } from './room.ts';
import { digitsOf, faultOfWish, issueOf, keptOf, type Wish } from './wish.ts';

const WISH: Wish = {
  mode: 'new',
  name: ' Hanna Lindqvist ',
  gender: '',
  areaCode: '',
  mobile: '',
  end: { day: '2026-11-28', time: '12:00' },
  begin: null,
  copies: 3,
  normallyOpen: false,
};
const AT = { property: 'p', room: 'r', encoder: 7, timeZone: 'Asia/Shanghai' };
const room = (lock: Partial<Room['lock']>): Room => ({
  id: 'r',
  building: { id: 'b', number: '1', name: 'Garden Wing' },
  floor: { id: 'f', number: '2', name: 'Floor 2' },
  number: '1203',
  name: '1203',
  lock: { type: 'QRMLOCK', number: 1, gateway: false, keyVersion: 1, programmedAt: null, ...lock },
});

test('a new guest’s cards are asked for as the fields say, in UTC', () => {
  expect(issueOf(WISH, AT)).toEqual({
    property: 'p',
    kind: 'issue',
    encoder: 7,
    room: 'r',
    mode: 'new',
    validUntil: '2026-11-28T04:00:00.000Z',
    copies: 3,
    holder: { name: 'Hanna Lindqvist' },
    normallyOpen: false,
    networked: false,
  });
});

test('the same guest is who has the room: nothing of the holder is sent', () => {
  expect(issueOf({ ...WISH, mode: 'duplicate' }, AT)).not.toHaveProperty('holder');
});

test('nobody is named where no field is filled', () => {
  expect(issueOf({ ...WISH, name: ' ' }, AT)).not.toHaveProperty('holder');
});

test('a card for later says when it begins', () => {
  const begin = { day: '2026-11-26', time: '14:00' };
  expect(issueOf({ ...WISH, begin }, AT)).toHaveProperty('validFrom', '2026-11-26T06:00:00.000Z');
  expect(issueOf({ ...WISH, begin: { day: '', time: '' } }, AT)).toBeNull();
});

test('without an end nothing is asked for', () => {
  expect(issueOf({ ...WISH, end: { day: '', time: '12:00' } }, AT)).toBeNull();
});

test.each([
  ['a name', { name: '' }, { gateway: true }, 'name'],
  ['a name', { name: ' ' }, { type: 'QRNLOCK' }, 'name'],
  ['nothing', { name: '' }, {}, null],
  ['both parts of a phone', { mobile: '13800138000' }, {}, 'phone'],
  ['digits', { areaCode: '86', mobile: 'ask her' }, {}, 'phone'],
  ['nothing', { areaCode: '86', mobile: '13800138000' }, {}, null],
  ['a begin', { begin: { day: '', time: '' } }, {}, 'begin'],
] as const)('%s is missing', (_what, wish, lock, fault) => {
  expect(faultOfWish({ ...WISH, ...wish }, room(lock), 'Asia/Shanghai')).toBe(fault);
});

test('the same guest needs no name again', () => {
  expect(faultOfWish({ ...WISH, mode: 'duplicate', name: '' }, room({ gateway: true }), 'Asia/Shanghai')).toBeNull();
});

test('a phone number is taken as people write it', () => {
  expect(digitsOf('+86 (138) 0013-8000')).toBe('8613800138000');
});

test('a guest keeps name, phone and the open door on a new card, where its lock can stay open', () => {
  const card = { holder: 'Ada', gender: 'female', areaCode: '86', mobile: '138', normallyOpen: true } as CardRecord;
  const kept = { name: 'Ada', gender: 'female', areaCode: '86', mobile: '138' };
  expect(keptOf(card, room({}))).toEqual({ ...kept, normallyOpen: true });
  expect(keptOf(card, room({ type: 'QRLOCK' }))).toEqual({ ...kept, normallyOpen: false });
  expect(keptOf(null, room({}))).toEqual({ name: '', gender: '', areaCode: '', mobile: '', normallyOpen: false });
});

test('more cards for the same guest say nothing of the network: they are as the others are', () => {
  expect(issueOf({ ...WISH, mode: 'duplicate' }, AT)).not.toHaveProperty('networked');
});

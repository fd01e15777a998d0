import { expect, test } from 'vitest';
import type { Room } from './places.ts';
import { filterRooms, lockKeyOf, NO_FILTER, sortRooms, treeOf } from './room-rows.ts';

const room = (place: string, facts: { name?: string; lock?: Partial<Room['lock']> } = {}): Room => {
  const [building = '', floor = '', number = ''] = place.split('/');
  return {
    id: place,
    building: { id: building, number: building, name: `Wing ${building}` },
    floor: { id: `${building}/${floor}`, number: floor, name: floor },
    number,
    name: facts.name ?? number,
    lock: { type: 'QRMLOCK', number: 1, gateway: false, keyVersion: null, programmedAt: null, ...facts.lock },
  };
};
const numbers = (rooms: readonly Room[]) => rooms.map(({ id }) => id);

test('rooms stand building by building, the top floor first, by number', () => {
  const rooms = ['2/1/101', '1/9/902', '1/10/1001', '1/9/91', '10/1/101'].map((place) => room(place));
  expect(numbers(sortRooms(rooms))).toEqual(['1/10/1001', '1/9/91', '1/9/902', '2/1/101', '10/1/101']);
});

test.each([
  ['12', ['1/12/1203']],
  ['SUITE', ['1/2/201']],
  ['Ｓuite', ['1/2/201']],
  ['77', ['1/12/1203']],
  ['7', []],
  ['<b>', ['1/3/301']],
  ['', ['1/12/1203', '1/2/201', '1/3/301']],
])('a search for %s finds %j', (search, found) => {
  const rooms = [
    room('1/12/1203', { lock: { number: 77 } }),
    room('1/2/201', { name: 'Lake suite' }),
    room('1/3/301', { name: '<b>x</b>' }),
  ];
  expect(numbers(filterRooms(rooms, { ...NO_FILTER, search }, 1))).toEqual(found);
});

test('filters of place, lock type and key hold together', () => {
  const rooms = [
    room('1/1/101', { lock: { keyVersion: 1 } }),
    room('1/1/102', { lock: { keyVersion: 2 } }),
    room('1/2/201', { lock: { keyVersion: 1, type: 'QRLOCK' } }),
    room('2/1/101'),
  ];
  const found = (filter: Partial<typeof NO_FILTER>) => numbers(filterRooms(rooms, { ...NO_FILTER, ...filter }, 2));
  expect(found({ building: '1' })).toEqual(['1/1/101', '1/1/102', '1/2/201']);
  expect(found({ floor: '1/1' })).toEqual(['1/1/101', '1/1/102']);
  expect(found({ lockKey: 'old' })).toEqual(['1/1/101', '1/2/201']);
  expect(found({ lockKey: 'old', lockType: 'QRLOCK' })).toEqual(['1/2/201']);
  expect(found({ lockKey: 'unknown' })).toEqual(['2/1/101']);
});

test('whose version nobody told, or whose versions one may not see, is not called old', () => {
  expect(lockKeyOf(room('1/1/101'), 2)).toBe('unknown');
  expect(lockKeyOf(room('1/1/101', { lock: { keyVersion: 1 } }), null)).toBe('unknown');
});

test('the tree has places without rooms, too', () => {
  const buildings = [
    { id: '2', number: '2', name: 'Lake' },
    { id: '1', number: '1', name: 'Garden' },
  ];
  const floors = [
    { id: '1/1', building: '1', number: '1', name: '1' },
    { id: '1/10', building: '1', number: '10', name: '10' },
  ];
  expect(treeOf(buildings, floors, [room('1/1/101'), room('1/1/102')])).toMatchObject([
    { building: { id: '1' }, rooms: 2, floors: [{ floor: { id: '1/10' }, rooms: 0 }, { rooms: 2 }] },
    { building: { id: '2' }, rooms: 0, floors: [] },
  ]);
});

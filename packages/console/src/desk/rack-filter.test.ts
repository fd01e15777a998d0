import { expect, test } from 'vitest';
import { cutAt, findRooms, fits, mayBeGuest, meantRoom, serialIn } from './rack-filter.ts';
import { countStates, drawnCards, type RackRoom, seenState } from './seen-state.ts';

const room = (number: string, change: Partial<RackRoom> = {}): RackRoom => ({
  ...{ id: number, number, name: number, state: 'vacant', cards: 0, outOfUse: 0, until: null, normallyOpen: false },
  ...{ upcoming: 0, busy: null, attention: null },
  ...change,
});
const NONE = { text: '', found: new Set<string>(), state: null };

test('rooms are found by number and by name, the whole one first', () => {
  const rooms = [room('1120'), room('2012'), room('12', { name: 'Suite Zhang' }), room('120')];
  expect(findRooms(rooms, '12', 9).map(({ number }) => number)).toEqual(['12', '120', '1120', '2012']);
  expect(findRooms(rooms, 'zhang', 9).map(({ number }) => number)).toEqual(['12']);
  expect(findRooms(rooms, '', 9)).toEqual([]);
  expect(findRooms(rooms, '1', 2)).toHaveLength(2);
});

test('only a whole number or name that one room alone has means that room', () => {
  const rooms = [room('301'), room('1301'), room('302', { name: 'Suite 301' }), room('8', { name: 'Attic' })];
  const meant = ['301', 'suite 301', 'attic', '3', '30', 'suite', '', '999'].map((text) => meantRoom(rooms, text));
  expect(meant).toEqual(['301', '302', '8', null, null, null, null, null]);
  expect(meantRoom([...rooms, room('301', { id: 'in the other building' })], '301')).toBeNull();
});

test('a room stays as it is by its state, by what was typed, or by whoever was found in it', () => {
  const out = room('101', { state: 'out', cards: 2 });
  expect(fits(out, NONE)).toBe(true);
  expect(fits(out, { ...NONE, state: 'several' })).toBe(true);
  expect(fits(out, { ...NONE, state: 'out' })).toBe(false);
  expect(fits(out, { ...NONE, text: 'lin' })).toBe(false);
  expect(fits(out, { ...NONE, text: 'lin', found: new Set(['101']) })).toBe(true);
});

test('the legend counts each room once', () => {
  const rooms = [room('1'), room('2', { state: 'out', cards: 1 }), room('3', { state: 'expires-today', cards: 3 })];
  const counts = countStates(rooms);
  expect(counts).toEqual({ vacant: 1, out: 1, several: 0, today: 1, lost: 0, attention: 0 });
  expect(rooms.map(seenState)).toEqual(['vacant', 'out', 'today']);
});

test('a room without a guest draws what may open it, struck', () => {
  expect(drawnCards({ cards: 2, outOfUse: 1 })).toEqual({ count: 2, struck: false });
  expect(drawnCards({ cards: 0, outOfUse: 1 })).toEqual({ count: 1, struck: true });
});

test('a serial is hex of whole bytes, however it is spelt', () => {
  expect(serialIn('04 a1 6e 2a:91-55 80')).toBe('04A16E2A915580');
  for (const text of ['1203', '04A16E2A9', 'lin', '04A16E2G']) expect(serialIn(text)).toBeNull();
});

test('guests are looked for by letters, and by three digits', () => {
  expect(['l', '林', '138'].map(mayBeGuest)).toEqual([true, true, true]);
  expect(['1', '12', ''].map(mayBeGuest)).toEqual([false, false, false]);
});

test('what was typed is marked where it stands', () => {
  expect(cutAt('Carolin', 'LIN')).toEqual(['Caro', 'lin', '']);
  expect(cutAt('Lin', '1')).toEqual(['Lin', '', '']);
});

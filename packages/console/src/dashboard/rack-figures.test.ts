import { expect, test } from 'vitest';
import { expiringToday, keysOut, type RackCell, type RackFloor } from './rack-figures.ts';

const room = (name: string, state: string, cards: number, until: string | null = null): RackCell => ({
  ...{ name, state, cards, until },
});
const floor = (building: string, name: string, ...rooms: RackCell[]): RackFloor => ({ building, floor: name, rooms });

test('keys that are out are counted by room and floor', () => {
  const house = [
    floor('Tower', '2', room('201', 'out', 2), room('202', 'vacant', 0)),
    floor('Tower', '1', room('101', 'attention', 1), room('102', 'expires-today', 1)),
  ];
  expect(keysOut(house)).toMatchObject({ rooms: 4, roomsOut: 3, cards: 4, attention: ['101'] });
  expect(keysOut(house).floors).toEqual([
    { name: '2', rooms: 2, out: 1, cards: 2 },
    { name: '1', rooms: 2, out: 2, cards: 2 },
  ]);
});

test('floors are told with their building where there are several', () => {
  expect(keysOut([floor('A', '1'), floor('B', '1')]).floors.map(({ name }) => name)).toEqual(['A 1', 'B 1']);
});

test('what ends today is told by the time, the first one first', () => {
  const house = [
    floor('A', '1', room('101', 'expires-today', 2, 'T14'), room('102', 'expires-today', 1, 'T12')),
    floor('A', '2', room('201', 'expires-today', 1, 'T12'), room('202', 'out', 1, 'T12')),
  ];
  expect(expiringToday(house)).toEqual([
    { until: 'T12', cards: 2, rooms: ['102', '201'] },
    { until: 'T14', cards: 2, rooms: ['101'] },
  ]);
});

import { expect, test } from 'vitest';
import { roomNames } from './room-names.ts';

const building = (name: string, ...floors: (readonly string[])[]) => ({
  name,
  floors: floors.map((rooms, floor) => ({
    name: `Floor ${floor + 1}`,
    rooms: rooms.map((room) => ({ id: `${name}/${floor + 1}/${room}`, name: room })),
  })),
});

test('a room is called by its number alone while no other one is called so', () => {
  const { full, short } = roomNames([building('Tower', ['101', '102']), building('Lake', ['101', '103'])]);
  expect([...full.values()]).toEqual(['Tower 101', '102', 'Lake 101', '103']);
  expect([...short.values()]).toEqual(['Tower 101', '102', 'Lake 101', '103']);
});

test('names that tell their building are shortened only where the rest is nobody else’s', () => {
  const { full, short } = roomNames([
    building('Garden Wing', ['Garden Wing 301', 'Garden Wing 302']),
    building('Lake Wing', ['Lake Wing 301', 'Lake Wing 303']),
  ]);
  expect([...short.values()]).toEqual(['Garden Wing 301', '302', 'Lake Wing 301', '303']);
  expect([...full.values()]).toEqual(['Garden Wing 301', 'Garden Wing 302', 'Lake Wing 301', 'Lake Wing 303']);
});

test('two of one building are told apart by their floors', () => {
  const { full } = roomNames([building('Tower', ['Suite'], ['Suite'])]);
  expect([...full.values()]).toEqual(['Tower Floor 1 Suite', 'Tower Floor 2 Suite']);
});

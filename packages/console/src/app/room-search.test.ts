import { expect, test } from 'vitest';
import { readRoomSearch } from './room-search.ts';

test('the address of a room says what is done there, and which operation is followed', () => {
  const search = { view: 'extend', mode: 'new', record: 'r', operation: 'o', from: 'f' };
  expect(readRoomSearch(search)).toEqual(search);
});

test('whatever else stands in an address is passed over', () => {
  expect(readRoomSearch({ view: 'rob', mode: 1, record: {}, operation: null, door: 'open' })).toEqual({});
});

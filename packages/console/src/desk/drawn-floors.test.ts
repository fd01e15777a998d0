import { expect, test } from 'vitest';
import { drawMore, shownPlaces } from './drawn-floors.ts';
import type { RackPlaces } from './rack-store.ts';

const floor = (id: string, rooms: number) => ({
  ...{ id, number: id, name: id },
  rooms: Array.from({ length: rooms }, (_, at) => `${id} ${at}`),
});
const building = (id: string, floors: RackPlaces[number]['floors']): RackPlaces[number] => ({
  ...{ id, number: id, name: id },
  floors,
});
const PLACES = [
  building('north', [floor('3', 40), floor('2', 0), floor('1', 40)]),
  building('yard', [floor('0', 0)]),
  building('south', [floor('2', 300), floor('1', 40)]),
];
const shown = (rooms: number) => {
  const { places, isWhole } = shownPlaces(PLACES, rooms);
  return [places.map(({ id, floors }) => `${id} ${floors.map(({ number }) => number).join(' ')}`), isWhole];
};

test('floors are drawn from the top, each of them whole, and those without rooms never', () => {
  expect(shown(1)).toEqual([['north 3'], false]);
  expect(shown(41)).toEqual([['north 3 1'], false]);
  expect(shown(81)).toEqual([['north 3 1', 'south 2'], false]);
  expect(shown(381)).toEqual([['north 3 1', 'south 2 1'], true]);
  expect(shownPlaces([], 1)).toEqual({ places: [], isWhole: true });
});

test('a rack of any size is whole after so many steps', () => {
  let [rooms, steps] = [0, 0];
  do {
    rooms = drawMore(rooms);
    steps += 1;
  } while (!shownPlaces(PLACES, rooms).isWhole);
  expect(steps).toBe(4);
});

import { expect, test } from 'vitest';
import { buildingsOf } from './rack-preview.tsx';

test('a preview has the top floor first, and rooms in the order of their numbers', () => {
  const room = (building: string, floor: string, number: string) => ({ building, floor, number });
  const rooms = [room('2', '1', '101'), room('1', '9', '902'), room('1', '10', '1001'), room('1', '9', '91')];
  expect(buildingsOf(rooms)).toMatchObject([
    { number: '2', count: 1 },
    {
      number: '1',
      count: 3,
      floors: [
        { number: '10', rooms: ['1001'] },
        { number: '9', rooms: ['91', '902'] },
      ],
    },
  ]);
});

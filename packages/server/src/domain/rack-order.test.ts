import { expect, test } from 'vitest';
import { byNumber, topFloorFirst } from './rack-order.ts';

const sorted = (order: typeof byNumber, numbers: readonly string[]) =>
  numbers
    .map((no) => ({ no }))
    .sort(order)
    .map(({ no }) => no);

test('numbers stand as people read them', () => {
  expect(sorted(byNumber, ['110', '9', '12A', '12', '101', 'A2', 'A10', '0101'])).toEqual([
    '9',
    '12',
    '12A',
    '0101',
    '101',
    '110',
    'A2',
    'A10',
  ]);
});

test('the top floor comes first, what lies below the ground after it, and what tells no height last', () => {
  expect(sorted(topFloorFirst, ['1', '10', 'B1', 'Roof', '2', 'G', 'B2', '12F', 'Garden'])).toEqual([
    '12F',
    '10',
    '2',
    '1',
    'G',
    'B1',
    'B2',
    'Garden',
    'Roof',
  ]);
});

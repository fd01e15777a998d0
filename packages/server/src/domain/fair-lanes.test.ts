import { expect, test } from 'vitest';
import { createFairLanes, type FairLanes } from './fair-lanes.ts';

const takeAll = (lanes: FairLanes<string>, count: number) =>
  Array.from({ length: count }, () => lanes.next(() => 'now'));

test('lanes take turns, however long one is', () => {
  const lanes = createFairLanes<string>(100);
  for (let n = 0; n < 5; n += 1) lanes.add('flood', `flood ${n}`);
  lanes.add('desk', 'desk 0');
  lanes.add('hotel', 'hotel 0');
  lanes.add('desk', 'desk 1');
  expect(takeAll(lanes, 9)).toEqual([
    'flood 0',
    'desk 0',
    'hotel 0',
    'flood 1',
    'desk 1',
    'flood 2',
    'flood 3',
    'flood 4',
    null,
  ]);
  expect(lanes.size()).toBe(0);
});

test('what has to wait is passed by, keeps its place, and what is over leaves', () => {
  const lanes = createFairLanes<string>(100);
  for (const item of ['waits', 'over', 'first', 'second']) lanes.add('lane', item);
  const turnOf = (item: string) => (item === 'waits' ? 'later' : item === 'over' ? 'over' : 'now');
  expect(lanes.next(turnOf)).toBe('first');
  expect(lanes.size()).toBe(2);
  expect(takeAll(lanes, 3)).toEqual(['waits', 'second', null]);
});

test('where too many wait, the longest lane gives up its newest', () => {
  const lanes = createFairLanes<string>(3);
  expect(['a', 'b', 'c'].map((item) => lanes.add('flood', item))).toEqual([null, null, null]);
  expect(lanes.add('flood', 'd'), 'a flood is no help against itself').toBe('d');
  expect(lanes.add('desk', 'e')).toBe('c');
  expect(lanes.add('hotel', 'f')).toBe('b');
  expect(lanes.add('late', 'g'), 'nobody who waits for one thing alone gives way').toBe('g');
  expect(takeAll(lanes, 4)).toEqual(['a', 'e', 'f', null]);
});

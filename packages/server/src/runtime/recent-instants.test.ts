import { expect, test } from 'vitest';
import { createRecentInstants } from './recent-instants.ts';

function open(limits = { windowMs: 100, perKey: 3, keys: 2 }) {
  let at = 0;
  const instants = createRecentInstants(() => at, limits);
  return {
    instants,
    addAt(when: number, key: string) {
      at = when;
      instants.add(key);
    },
    seenAt(when: number, key: string) {
      at = when;
      return instants.of(key);
    },
  };
}

test('instants are told while they are within the window, the newest few of each key', () => {
  const { addAt, seenAt } = open();
  for (const when of [1, 2, 3, 4]) addAt(when, 'a');
  expect(seenAt(4, 'a')).toEqual([2, 3, 4]);
  expect(seenAt(102, 'a')).toEqual([3, 4]);
  expect(seenAt(104, 'a')).toEqual([]);
  expect(seenAt(104, 'b')).toEqual([]);
});

test('where there are too many keys, the one without news for longest goes', () => {
  const { instants, addAt, seenAt } = open();
  addAt(1, 'a');
  addAt(2, 'b');
  addAt(3, 'a');
  addAt(4, 'c');
  expect([seenAt(4, 'a'), seenAt(4, 'b'), seenAt(4, 'c')]).toEqual([[1, 3], [], [4]]);
  expect(instants.size()).toBe(2);
});

test('what is over takes no room', () => {
  const { instants, addAt } = open({ windowMs: 100, perKey: 3, keys: 1_000 });
  for (let n = 0; n < 500; n += 1) addAt(n, `key ${n}`);
  addAt(10_000, 'last');
  expect(instants.size()).toBe(1);
});

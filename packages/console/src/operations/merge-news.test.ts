import type { Operation } from '@keyrack/sdk';
import { expect, test } from 'vitest';
import { withNewest, withNews } from './merge-news.ts';

const operation = (id: string, state = 'accepted', acceptedAt = '2026') => ({ id, state, acceptedAt }) as Operation;
const loaded = {
  pages: [
    { data: [operation('c'), operation('b')], nextCursor: '1' },
    { data: [operation('a')], nextCursor: null },
  ],
  pageParams: [null, '1'],
};

test('an operation is shown as it is now, where it stands', () => {
  const after = withNews(loaded, [operation('b', 'granted'), operation('z')]);
  expect(after.pages.map(({ data }) => data.map(({ id, state }) => `${id} ${state}`))).toEqual([
    ['c accepted', 'b granted'],
    ['a accepted'],
  ]);
  expect(after.pages[1]).toBe(loaded.pages[1]);
});

test('news of others change nothing, so that nothing is drawn anew', () => {
  expect(withNews(loaded, [operation('z')])).toBe(loaded);
});

test('new ones stand first, the newest of all, and each once', () => {
  const after = withNewest(loaded, [
    operation('d', 'accepted', '2027'),
    operation('e', 'accepted', '2028'),
    operation('a'),
  ]);
  expect(after.pages[0]?.data.map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b']);
  expect(after.pages[0]?.nextCursor).toBe('1');
});

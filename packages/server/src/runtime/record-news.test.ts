import { expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { createRecordNews } from './record-news.ts';
import type { Read } from './runner.ts';

const NEVER = new AbortController().signal;
/** Longer than any test waits. */
const LONG = 100_000;

function world() {
  const heads: Record<string, number> = {};
  const looks: (readonly string[])[] = [];
  const errors: unknown[] = [];
  let failure: Error | null = null;
  const read = (async (_name: string, { propertyIds }: { propertyIds: readonly string[] }) => {
    looks.push(propertyIds);
    if (failure !== null) throw failure;
    return propertyIds.map((id) => heads[id] ?? 0);
  }) as unknown as Read;
  const news = createRecordNews(read, systemClock, (error) => errors.push(error));
  const fail = (error: Error | null) => {
    failure = error;
  };
  return { heads, looks, errors, news, fail };
}

it('whoever follows a log is woken by its records, and asks the store nothing while nothing is committed', async () => {
  const { heads, looks, news } = world();
  news.committed();
  const inn = news.watch(['inn']);
  const other = news.watch(['other']);
  expect(await Promise.all([inn.next(30, NEVER), other.next(30, NEVER)])).toEqual(['quiet', 'quiet']);
  expect(looks).toEqual([]);
  heads.inn = 1;
  const woken = inn.next(LONG, NEVER);
  news.committed();
  expect(await woken).toBe('news');
  // The first look at a log wakes its followers, too: nobody knows what they have read.
  expect(await other.next(LONG, NEVER)).toBe('news');
  heads.inn = 2;
  news.committed();
  expect(await inn.next(LONG, NEVER)).toBe('news');
  expect(await other.next(30, NEVER)).toBe('quiet');
  expect(looks).toHaveLength(2);
  news.stop();
});

it('many commits are one look, and news that came before the wait are not lost', async () => {
  const { heads, looks, news } = world();
  const watch = news.watch(['inn', 'other']);
  heads.inn = 1;
  for (let i = 0; i < 1_000; i += 1) news.committed();
  await expect.poll(() => looks.length).toBe(1);
  expect(await watch.next(LONG, NEVER)).toBe('news');
  heads.other = 5;
  news.committed();
  await expect.poll(() => looks.length).toBe(2);
  expect(await watch.next(LONG, NEVER)).toBe('news');
  watch.stop();
  news.committed();
  expect(await news.watch(['third']).next(50, NEVER)).toBe('quiet');
  expect(looks).toHaveLength(2);
});

it('where the store can’t be asked, everybody looks for themselves; a signal and the stop end a wait', async () => {
  const { news, fail, errors } = world();
  const watch = news.watch(['inn']);
  fail(new Error('for this test'));
  news.committed();
  expect(await watch.next(LONG, NEVER)).toBe('news');
  await expect.poll(() => errors).toHaveLength(1);
  const ended = new AbortController();
  const waiting = watch.next(LONG, ended.signal);
  ended.abort();
  expect(await waiting).toBe('quiet');
  const other = watch.next(LONG, NEVER);
  news.stop();
  expect(await other).toBe('quiet');
});

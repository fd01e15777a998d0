import { expect, test } from 'vitest';
import type { Encoder } from './encoders.ts';
import { createQueueNews } from './queue-news.ts';

const encoder = (id: number, ...queue: string[]): Encoder => ({
  ...{ id, mac: `mac ${id}`, name: `Encoder ${id}`, toldName: 'Reader', agent: null, presence: 'connected' },
  ...{ simulated: true, disputed: false, others: [], forSignedIn: false, chosen: null },
  queue: queue.map((operation) => ({ operation, ...REST, state: 'accepted' as const })),
});
const REST = { kind: 'issue', acceptedAt: '2026-11-25T01:41:00.000Z', deadline: '2026-11-25T01:42:00.000Z' } as const;
const told = (id: string, at: number, state: 'accepted' | 'granted' | 'succeeded') => ({
  ...{ id, state, ...REST },
  encoder: { id: at, mac: `mac ${at}`, name: null },
});
const queues = (encoders: readonly Encoder[]) =>
  encoders.map(({ queue }) => queue.map(({ operation, state }) => `${operation} ${state}`).join(', '));

test('what waits at each encoder is as the stream told it last, in the order in which it was asked for', () => {
  const news = createQueueNews();
  const encoders = [encoder(1, 'b'), encoder(2, 'x')];
  news.note([told('c', 1, 'accepted'), told('a', 1, 'granted'), told('x', 2, 'accepted')]);
  expect(queues(news.applyTo(encoders))).toEqual(['a granted, b accepted, c accepted', 'x accepted']);
  news.note([told('a', 1, 'succeeded'), told('b', 1, 'granted')]);
  expect(queues(news.applyTo(encoders))).toEqual(['b granted, c accepted', 'x accepted']);
});

test('an answer that was asked for before an operation ended holds it no longer', () => {
  const news = createQueueNews();
  news.note([told('a', 1, 'accepted')]);
  news.note([told('a', 1, 'succeeded')]);
  expect(queues(news.applyTo([encoder(1, 'a')]))).toEqual(['']);
});

test('what has ended waits nowhere again, though an answer of before tells so', () => {
  const news = createQueueNews();
  news.note([told('a', 1, 'succeeded')]);
  news.note([told('a', 1, 'accepted')]);
  expect(queues(news.applyTo([encoder(1)]))).toEqual(['']);
});

test('what was told before a gap says nothing of an answer after it', () => {
  const news = createQueueNews();
  news.note([told('a', 1, 'granted')]);
  news.forget();
  expect(queues(news.applyTo([encoder(1)]))).toEqual(['']);
});

test('lists and encoders that are as they were told stay the same, so that nothing is drawn anew', () => {
  const news = createQueueNews();
  const encoders = [encoder(1, 'a'), encoder(2)];
  news.note([told('a', 1, 'accepted'), told('z', 3, 'accepted'), told('y', 2, 'succeeded')]);
  expect(news.applyTo(encoders)).toBe(encoders);
  news.note([told('b', 1, 'accepted')]);
  expect(news.applyTo(encoders)[1]).toBe(encoders[1]);
});

test('as many operations are remembered as can matter', () => {
  const news = createQueueNews(2);
  news.note([told('a', 1, 'accepted'), told('b', 1, 'accepted'), told('c', 1, 'accepted')]);
  expect(queues(news.applyTo([encoder(1)]))).toEqual(['b accepted, c accepted']);
});

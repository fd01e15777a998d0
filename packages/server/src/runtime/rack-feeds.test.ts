import type { OperationId } from '@keyrack/protocol';
import { expect, onTestFinished, test } from 'vitest';
import type { RackRoom } from '../queries/key-rack.ts';
import type { RackNews } from '../queries/rack-news.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { createOutcomes } from './outcomes.ts';
import { createRackFeeds } from './rack-feeds.ts';
import { createRecordNews } from './record-news.ts';

/** What pages hear, whenever they take it. What is found on a rack is tested at /v1. */

const room = (id: string, cards: number): RackRoom => ({
  room: { id, no: id, name: id },
  ...{ state: cards > 0 ? 'out' : 'vacant', cards, outOfUse: 0, until: null, normallyOpen: false, upcoming: 0 },
  ...{ busy: null, attention: null, changesAt: null },
});

function feedsOf(news: () => Partial<RackNews>) {
  const clock = createVirtualClock(Date.parse('2026-11-25T01:41:00Z'));
  const outcomes = createOutcomes((error) => {
    throw error;
  });
  const asked = { news: 0, racks: 0, operations: [] as (readonly string[])[] };
  const errors: unknown[] = [];
  const read = (async (name: string, input: { readonly operations: readonly string[] }) => {
    if (name === 'auditHeads') return [0];
    if (name === 'keyRack') {
      asked.racks += 1;
      return { buildings: [], head: 0 };
    }
    asked.news += 1;
    asked.operations.push(input.operations);
    return { head: 0, types: [], rooms: [], touched: [], operations: [], wholeRack: false, ...news() };
  }) as never;
  const records = createRecordNews(read, clock, (error) => errors.push(error));
  const feeds = createRackFeeds({ read, outcomes, news: records, clock, onError: (error) => errors.push(error) });
  onTestFinished(() => {
    feeds.stop();
    records.stop();
  });
  const change = (id: string) =>
    outcomes.publish([{ id: id as OperationId, propertyId: 'inn', state: 'accepted' } as never]);
  return { feeds, clock, change, asked, errors };
}
const never = new AbortController().signal;

test('what happens at once is looked at once, and no oftener than four times a second', async () => {
  let cards = 0;
  const { feeds, clock, change, asked } = feedsOf(() => ({ rooms: [room('1', ++cards)] }));
  const page = feeds.follow('inn');
  await page.begun;
  for (let i = 0; i < 100; i += 1) {
    change(`operation ${i}`);
    await clock.advance(10);
  }
  expect(asked.news).toBeGreaterThanOrEqual(3);
  expect(asked.news).toBeLessThanOrEqual(5);
});

test('who was away gets the last word on each room and operation, once', async () => {
  let cards = 0;
  const operation = (id: string) => ({ operation: { id }, cards }) as never;
  const { feeds, clock, change } = feedsOf(() => {
    cards += 1;
    const types = cards === 1 ? (['card.begun'] as const) : (['card.begun', 'card.retired'] as const);
    return { rooms: [room('1', cards)], operations: [operation('a'), operation(`b${cards}`)], types };
  });
  const [fast, slow] = [feeds.follow('inn'), feeds.follow('inn')];
  await Promise.all([fast.begun, slow.begun]);
  for (let i = 0; i < 3; i += 1) {
    change('a');
    await clock.advance(300);
    expect(await fast.next(1_000, never)).toMatchObject({ rooms: [{ cards: i + 1 }] });
  }
  const told = await slow.next(1_000, never);
  expect(told).toMatchObject({ rooms: [{ cards: 3 }], types: ['card.begun', 'card.retired'] });
  expect(told).toMatchObject({ operations: [{ operation: { id: 'a' }, cards: 3 }, {}, {}, {}] });
});

test('a room that looks as before is not told, and a page that leaves ends the looking', async () => {
  const { feeds, clock, change, asked } = feedsOf(() => ({ rooms: [room('1', 1)] }));
  const page = feeds.follow('inn');
  await page.begun;
  change('a');
  await clock.advance(300);
  expect(await page.next(1_000, never)).toMatchObject({ rooms: [{ cards: 1 }] });
  change('a');
  await clock.advance(300);
  const quiet = page.next(1_000, never);
  await clock.advance(1_000);
  expect(await quiet).toBe('quiet');
  page.stop();
  const before = asked.news;
  change('a');
  await clock.advance(120_000);
  expect(asked.news).toBe(before);
  expect(await page.next(1_000, never)).toBe('over');
});

test('what could not be read is told once it can', async () => {
  let fails = true;
  const { feeds, clock, change, asked, errors } = feedsOf(() => {
    if (fails) throw new Error('the disk is gone');
    return { rooms: [room('1', 1)] };
  });
  const page = feeds.follow('inn');
  await page.begun;
  change('a');
  await clock.advance(500);
  expect(errors).toHaveLength(1);
  fails = false;
  await clock.advance(2_000);
  // What had changed is asked for again, and the whole rack, since something may have been missed.
  expect(asked.operations.at(-1)).toEqual(['a']);
  expect([asked.racks, errors.length]).toEqual([2, 1]);
});

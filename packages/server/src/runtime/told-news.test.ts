import { describe, expect, it } from 'vitest';
import { createWaitingNews, type ToldNews } from './told-news.ts';

const of = (rooms: readonly string[], cards: number, operations: readonly string[] = []): ToldNews =>
  ({
    rooms: rooms.map((id) => ({ room: { id }, cards })),
    operations: operations.map((id) => ({ operation: { id } })),
    touched: rooms,
    types: ['card.issued'],
  }) as unknown as ToldNews;
const names = (most: number) => Array.from({ length: most }, (_, n) => `room ${n}`);

describe('what waits for a slow reader', () => {
  it('is as much as there is, however often it changes, and its last word counts', () => {
    const waiting = createWaitingNews();
    const rooms = names(50);
    for (let times = 1; times <= 1_000; times += 1) waiting.add(of(rooms, times));
    expect(waiting.held).toBeLessThanOrEqual(8 * rooms.length);
    const taken = waiting.take();
    expect(taken).toMatchObject({ rooms: rooms.map((id) => ({ room: { id }, cards: 1_000 })), types: ['card.issued'] });
    expect([waiting.take(), waiting.held]).toEqual(['none', 0]);
  });

  it('names each room that was touched, and none where it may have been any', () => {
    const waiting = createWaitingNews();
    waiting.add(of(['101', '102'], 1));
    waiting.add(of(['102', '103'], 1));
    expect(waiting.take()).toMatchObject({ touched: ['101', '102', '103'] });
    waiting.add(of(['101'], 1));
    waiting.add({ ...of([], 1), touched: null });
    expect(waiting.take()).toMatchObject({ touched: null });
  });

  it('is given up beyond the limits, and nothing is held from then on', () => {
    for (const more of [(n: number) => of([`room ${n}`], 1), (n: number) => of([], 0, [`operation ${n}`])]) {
      const waiting = createWaitingNews({ rooms: 20, operations: 20, pieces: 4 });
      for (let n = 0; n < 40; n += 1) waiting.add(more(n));
      expect([waiting.held, waiting.take()]).toEqual([0, 'too-much']);
    }
  });

  it('is told as it came where it is one piece, which all readers share', () => {
    const waiting = createWaitingNews();
    const told = of(['101'], 1);
    waiting.add(told);
    expect(waiting.take()).toBe(told);
  });
});

import { describe, expect, test } from 'vitest';
import { handClock } from './testing/hand-clock.ts';
import { createUnprovedConnections, type UnprovedLimits } from './unproved-connections.ts';

const LIMITS: UnprovedLimits = {
  perSource: 3,
  overall: 6,
  waitingPerSource: 4,
  waitingOverall: 6,
  waitMs: 10_000,
};

/** Connections by name, and what became of each so far. */
function gate(limits: Partial<UnprovedLimits> = {}) {
  const clock = handClock();
  const unproved = createUnprovedConnections({ ...LIMITS, ...limits }, clock);
  const told: Record<string, string[]> = {};
  const leave: Record<string, () => void> = {};
  return {
    clock,
    told,
    stop: unproved.stop,
    /** As many of that source, named `a1`, `a2` … */
    enter(source: string, count: number) {
      for (let n = 0; n < count; n += 1) {
        const name = `${source}${Object.keys(told).filter((each) => each.startsWith(source)).length + 1}`;
        const words: string[] = [];
        told[name] = words;
        leave[name] = unproved.enter(source, {
          begin: () => words.push('begun'),
          refuse: () => words.push('refused'),
          giveWay: () => words.push('gave way'),
        });
      }
    },
    leave: (name: string) => leave[name]?.(),
    /** The names of those that were last told this; '' for nothing. */
    those: (word: string) => Object.keys(told).filter((name) => (told[name]?.at(-1) ?? '') === word),
  };
}

describe('connections of one source that have proved nothing', () => {
  test('are answered up to its share; some more wait, and the next are refused at once', () => {
    const { enter, those } = gate();
    enter('a', 9);
    expect(those('begun')).toEqual(['a1', 'a2', 'a3']);
    expect(those('')).toEqual(['a4', 'a5', 'a6', 'a7']);
    expect(those('refused')).toEqual(['a8', 'a9']);
  });

  test('get their turn in the order in which they came, as others prove themselves or go', () => {
    const { enter, leave, those } = gate();
    enter('a', 7);
    leave('a2');
    // It went while it waited, and nobody is to be begun for it.
    leave('a5');
    leave('a1');
    expect(those('begun')).toEqual(['a1', 'a2', 'a3', 'a4', 'a6']);
    expect(those('')).toEqual(['a5', 'a7']);
  });

  test('free one place each, however often they are said to be gone', () => {
    const { enter, leave, those } = gate();
    enter('a', 7);
    for (let n = 0; n < 3; n += 1) leave('a1');
    expect(those('')).toEqual(['a5', 'a6', 'a7']);
  });

  test('are refused when they have waited for long enough', async () => {
    const { enter, clock, those } = gate();
    enter('a', 5);
    await clock.advance(9_999);
    expect(those('')).toEqual(['a4', 'a5']);
    await clock.advance(1);
    expect(those('refused')).toEqual(['a4', 'a5']);
    enter('a', 1);
    expect(those('')).toEqual(['a6']);
  });

  test('are all served in the end, though they are many more than its share', () => {
    const { enter, leave, those, told } = gate({ waitingPerSource: 1_000, waitingOverall: 1_000 });
    enter('a', 500);
    for (let n = 1; n <= 500; n += 1) leave(`a${n}`);
    expect(those('begun')).toHaveLength(500);
    expect(Object.values(told).every((words) => words.length === 1)).toBe(true);
  });
});

describe('connections of several sources', () => {
  test('are no business of each other while there is room', () => {
    const { enter, those } = gate();
    enter('a', 20);
    enter('b', 2);
    expect(those('begun')).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
  });

  test('beyond all places take that of the loudest source, its oldest one', () => {
    const { enter, those } = gate();
    enter('a', 3);
    enter('b', 3);
    enter('c', 1);
    expect(those('gave way')).toEqual(['a1']);
    enter('d', 1);
    expect(those('gave way')).toEqual(['a1', 'b1']);
    expect(those('begun')).toContain('d1');
  });

  test('wait where no source has more than others would have then', () => {
    const { enter, those, leave } = gate();
    for (const source of 'abcdef') enter(source, 1);
    enter('g', 1);
    enter('h', 1);
    expect(those('gave way')).toEqual([]);
    expect(those('')).toEqual(['g1', 'h1']);
    leave('c1');
    expect(those('')).toEqual(['h1']);
  });

  test('of which many wait take turns by source', () => {
    const { enter, those, leave } = gate({ perSource: 2, overall: 2, waitingPerSource: 10, waitingOverall: 20 });
    enter('x', 1);
    enter('y', 1);
    enter('a', 3);
    enter('b', 1);
    enter('c', 1);
    const order: string[] = [];
    for (const next of ['x1', 'y1', 'a1', 'b1', 'c1', 'a2']) {
      const before = those('begun');
      leave(next);
      order.push(...those('begun').filter((name) => !before.includes(name)));
    }
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
  });

  test('wait in all up to a number', () => {
    const { enter, those } = gate();
    enter('a', 7);
    enter('b', 7);
    expect(those('')).toHaveLength(6);
    expect(those('refused')).toEqual(['b6', 'b7']);
  });

  test('leave nothing behind', async () => {
    const { enter, leave, clock, told, those } = gate();
    for (const source of 'abcdefgh') enter(source, 4);
    for (const name of Object.keys(told)) leave(name);
    await clock.advance(20_000);
    const before = Object.keys(told).length;
    enter('i', 3);
    enter('j', 3);
    expect(those('begun').slice(-6)).toEqual(Object.keys(told).slice(before));
  });
});

test('who waits when the server stops is refused, and so is who comes then', () => {
  const { enter, stop, those } = gate();
  enter('a', 4);
  stop();
  enter('b', 1);
  expect(those('refused')).toEqual(['a4', 'b1']);
});

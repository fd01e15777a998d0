import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuessLimits, Way } from '../domain/guess-limit.ts';
import { createGuessCounts } from './guess-counts.ts';
import { createGuessGate, type GuessResult } from './guess-gate.ts';

const LIMITS: GuessLimits = {
  perWay: { failures: 3, windowMs: 15 },
  overall: { failures: 6, windowMs: 60, leftToEachWay: 1 },
  successMs: 1_000,
};

/** What a caller showed, and what became of it. */
interface Shown {
  readonly subject: number;
  readonly way: number;
  readonly secret: number;
  /** Callers who share a check share this. */
  readonly promise: Promise<GuessResult>;
  result: GuessResult | null;
  settledAt: number;
  /** How many had their answer before. */
  order: number;
}

interface Check {
  readonly subject: number;
  readonly secret: number;
  end(): void;
}

/** A gate whose checks end when the test says so. Of each subject, secret 0 is the right one. */
function openGate({ atOnce = 2, waiting = 1_000 } = {}) {
  let at = 0;
  let answered = 0;
  const counts = createGuessCounts(() => at, LIMITS, 1_000);
  const gate = createGuessGate({ atOnce, waiting });
  const shown: Shown[] = [];
  const running: Check[] = [];
  const begun: Omit<Check, 'end'>[] = [];
  return {
    shown,
    running,
    begun,
    wait: (ms: number) => {
      at += ms;
    },
    show(subject: number, way: number, secret: number): Shown {
      const by: Way = { by: 'desk', agentId: String(way) };
      const promise = gate({
        counts,
        subject: `subject ${subject}`,
        way: by,
        shown: `secret ${secret}`,
        isKnown: () => false,
        check() {
          const { promise: ended, resolve } = Promise.withResolvers<boolean>();
          const check = { subject, secret, end: () => resolve(secret === 0) };
          running.push(check);
          begun.push(check);
          return ended;
        },
      });
      const one: Shown = { subject, way, secret, promise, result: null, settledAt: 0, order: 0 };
      shown.push(one);
      void promise.then((result) => {
        one.result = result;
        one.settledAt = at;
        one.order = answered;
        answered += 1;
      });
      return one;
    },
    /** Ends a running check, and lets what follows happen. */
    async end(index = 0): Promise<void> {
      const [check] = running.splice(index % Math.max(1, running.length), 1);
      check?.end();
      await setImmediate();
    },
  };
}

type Gate = ReturnType<typeof openGate>;

async function endAll(gate: Gate): Promise<void> {
  do await gate.end();
  while (gate.running.length > 0);
}

type Step =
  | { readonly do: 'show'; readonly subject: number; readonly way: number; readonly secret: number }
  | { readonly do: 'end'; readonly index: number }
  | { readonly do: 'wait'; readonly ms: number };

const WAYS = 5;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('show' as const),
      subject: fc.nat({ max: 1 }),
      way: fc.nat({ max: WAYS - 1 }),
      // Right ones are a fifth of all.
      secret: fc.oneof(fc.constant(0), ...Array<fc.Arbitrary<number>>(4).fill(fc.nat({ max: 40 }))),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), index: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 20 }) }) },
);
const course = fc.record({ atOnce: fc.integer({ min: 1, max: 4 }), steps: fc.array(step, { maxLength: 120 }) });

/** Goes through the steps, ends all checks, and holds the whole against `judge`. `look` is asked after each step. */
function always(judge: (gate: Gate, atOnce: number) => void, look: (gate: Gate, atOnce: number) => void = () => {}) {
  return fc.assert(
    fc.asyncProperty(course, async ({ atOnce, steps }) => {
      const gate = openGate({ atOnce });
      for (const next of steps) {
        if (next.do === 'show') gate.show(next.subject, next.way, next.secret);
        else if (next.do === 'end') await gate.end(next.index);
        else {
          // Answers are dated before the clock goes on.
          await setImmediate();
          gate.wait(next.ms);
        }
        look(gate, atOnce);
      }
      await endAll(gate);
      judge(gate, atOnce);
    }),
    { numRuns: 300 },
  );
}

/** Checks with this end, of one subject by one way or by all; callers who share one count once. In the order of ends. */
function endsOf(gate: Gate, outcome: 'right' | 'wrong', subject: number, way: number | null): Shown[] {
  const those = gate.shown.filter(
    (one) => one.result?.outcome === outcome && one.subject === subject && (way === null || one.way === way),
  );
  return [...new Map(those.map((one) => [one.promise, one])).values()].sort((a, b) => a.order - b.order);
}

/** Those that ended before this one, and no longer ago. */
function before({ order, settledAt }: Shown, ends: readonly Shown[], windowMs: number): Shown[] {
  return ends.filter((end) => end.order < order && settledAt - end.settledAt < windowMs);
}

const subjectsAndWays = [0, 1].flatMap((subject) => Array.from({ length: WAYS }, (_, way) => ({ subject, way })));

describe('whatever is shown in whatever order', () => {
  test('no way has more wrong guesses looked at than the limit, in any window', () =>
    always((gate) => {
      for (const { subject, way } of subjectsAndWays) {
        const ends = endsOf(gate, 'wrong', subject, way);
        for (const [i, end] of ends.entries()) {
          const first = ends[i - LIMITS.perWay.failures];
          if (first === undefined) continue;
          expect(end.settledAt - first.settledAt).toBeGreaterThanOrEqual(LIMITS.perWay.windowMs);
        }
      }
    }));

  test('a way is never closed by what others do, nor by what has yet to end', () =>
    always((gate) => {
      for (const closed of gate.shown.filter(({ result }) => result?.outcome === 'closed')) {
        const { subject, way } = closed;
        const failures = before(closed, endsOf(gate, 'wrong', subject, null), LIMITS.overall?.windowMs ?? 0);
        const own = before(closed, endsOf(gate, 'wrong', subject, way), LIMITS.perWay.windowMs);
        expect(own.length, 'of its own failures').toBeGreaterThan(0);
        if (own.length >= LIMITS.perWay.failures) continue;
        expect(failures.length, 'of failures by all ways').toBeGreaterThanOrEqual(LIMITS.overall?.failures ?? 0);
        expect(before(closed, endsOf(gate, 'right', subject, way), LIMITS.successMs)).toEqual([]);
      }
    }));

  test('a right guess on a way without a failure is right, and so is one on a way that succeeded lately', () =>
    always((gate) => {
      for (const { subject, way } of subjectsAndWays) {
        if (endsOf(gate, 'wrong', subject, way).length > 0) continue;
        const results = gate.shown.filter((one) => one.subject === subject && one.way === way);
        expect(results.filter(({ secret }) => secret === 0).every(({ result }) => result?.outcome === 'right')).toBe(
          true,
        );
      }
    }));

  test('few checks run at once, none of them twice, and everybody gets an answer', () =>
    always(
      (gate) => {
        expect(gate.shown.filter(({ result }) => result === null)).toEqual([]);
        expect(gate.shown.filter(({ result }) => result?.outcome === 'busy')).toEqual([]);
        for (const { secret, result } of gate.shown) {
          if (result?.outcome !== 'closed') expect(result?.outcome).toBe(secret === 0 ? 'right' : 'wrong');
        }
      },
      ({ running }, atOnce) => {
        expect(running.length).toBeLessThanOrEqual(atOnce);
        expect(new Set(running.map(({ subject, secret }) => `${subject} ${secret}`)).size).toBe(running.length);
      },
    ));
});

test('right guesses are never refused for being many, however many wrong ones come with them', async () => {
  const gate = openGate();
  const all = Array.from({ length: 320 }, (_, n) => gate.show(0, n % 4, 0));
  gate.show(0, 0, 1);
  gate.show(0, 1, 2);
  await endAll(gate);
  expect(all.filter(({ result }) => result?.outcome !== 'right')).toEqual([]);
  expect(
    gate.begun.filter(({ secret }) => secret === 0),
    'they share one check',
  ).toHaveLength(1);
});

test('wrong guesses that are sent at once are looked at no more often than the limit', async () => {
  const gate = openGate({ atOnce: 16 });
  const all = Array.from({ length: 320 }, (_, n) => gate.show(0, 0, n + 1));
  await endAll(gate);
  expect(gate.begun).toHaveLength(3);
  expect(all.filter(({ result }) => result?.outcome === 'closed')).toHaveLength(317);
});

describe('beyond the limit over all ways', () => {
  /** Six failures by two ways; before, the subject succeeded by a third. */
  const opened = async () => {
    const gate = openGate();
    gate.show(0, 2, 0);
    for (const way of [0, 1]) for (const secret of [1, 2, 3]) gate.show(0, way, 10 * way + secret);
    await endAll(gate);
    expect(endsOf(gate, 'wrong', 0, null)).toHaveLength(6);
    return gate;
  };
  const outcomes = async (gate: Gate, way: number, secrets: readonly number[]) => {
    const shown = secrets.map((secret) => gate.show(0, way, 100 * way + secret));
    await endAll(gate);
    return shown.map(({ result }) => result?.outcome);
  };

  test('a way is closed by its first failure, also when more are sent at once', async () => {
    expect(await outcomes(await opened(), 3, [1, 2, 3])).toEqual(['wrong', 'closed', 'closed']);
  });

  test('a way on which the subject succeeded lately keeps its failures', async () => {
    expect(await outcomes(await opened(), 2, [1, 2, 3, 4])).toEqual(['wrong', 'wrong', 'wrong', 'closed']);
  });

  test('a late success is one of the last day', async () => {
    const gate = await opened();
    gate.wait(LIMITS.successMs);
    for (const way of [0, 1]) await outcomes(gate, way, [1, 2, 3]);
    expect(await outcomes(gate, 2, [1, 2])).toEqual(['wrong', 'closed']);
  });

  test('a guess waits for the check that may be the last within it', async () => {
    const gate = openGate();
    for (const [way, secret] of [
      [0, 1],
      [0, 2],
      [1, 3],
      [1, 4],
      [2, 5],
    ] as const)
      gate.show(0, way, secret);
    await endAll(gate);
    const last = gate.show(0, 3, 6);
    const waits = gate.show(0, 2, 7);
    expect(gate.running).toHaveLength(1);
    await endAll(gate);
    expect([last.result?.outcome, waits.result?.outcome]).toEqual(['wrong', 'closed']);
  });
});

test('a right guess waits for the wrong ones that run, and is refused when they were too many', async () => {
  for (const wrong of [2, 3]) {
    const gate = openGate({ atOnce: 9 });
    for (let n = 0; n < wrong; n += 1) gate.show(0, 0, n + 1);
    const right = gate.show(0, 0, 0);
    expect(right.result).toBe(null);
    await endAll(gate);
    expect(right.result?.outcome).toBe(wrong === 2 ? 'right' : 'closed');
  }
});

test('a success takes back its own count, and none of the failures before it', async () => {
  const gate = openGate();
  for (const secret of [1, 2, 0, 3]) {
    const one = gate.show(0, 0, secret);
    await endAll(gate);
    expect(one.result?.outcome).toBe(secret === 0 ? 'right' : 'wrong');
  }
  expect((await gate.show(0, 0, 0).promise).outcome).toBe('closed');
});

test('a flood on one way delays another by the checks that run, and one of the flood', async () => {
  const gate = openGate({ atOnce: 1 });
  for (let n = 0; n < 100; n += 1) gate.show(100 + n, 0, 1);
  const other = gate.show(0, 1, 0);
  for (let n = 0; n < 3; n += 1) await gate.end();
  expect(other.result?.outcome).toBe('right');
});

test('where too many wait, a flood is told to come back and others are not; nothing of it counts', async () => {
  const gate = openGate({ atOnce: 1, waiting: 10 });
  const flood = Array.from({ length: 50 }, (_, n) => gate.show(0, 0, n + 1));
  const others = Array.from({ length: 5 }, (_, n) => gate.show(0, n + 1, 0));
  await endAll(gate);
  expect(others.filter(({ result }) => result?.outcome !== 'right')).toEqual([]);
  const busy = flood.filter(({ result }) => result?.outcome === 'busy').length;
  expect(busy).toBeGreaterThanOrEqual(39);
  expect(flood.filter(({ result }) => result?.outcome === 'wrong').length).toBeLessThanOrEqual(3);
  const again = gate.show(1, 0, 0);
  await endAll(gate);
  expect(again.result?.outcome).toBe('right');
});

test('a check that fails is told to those who wait for it, and counts for nothing', async () => {
  const counts = createGuessCounts(() => 0, LIMITS, 1_000);
  const gate = createGuessGate({ atOnce: 1, waiting: 10 });
  const guess = (check: () => Promise<boolean>) =>
    gate({ counts, subject: 's', way: { by: 'desk', agentId: 'd' }, shown: 'x', isKnown: () => false, check });
  for (let n = 0; n < 5; n += 1) {
    await expect(guess(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
  }
  expect(await guess(async () => true)).toEqual({ outcome: 'right' });
});

test('what is known to be right needs no check, unless its way is closed', async () => {
  const counts = createGuessCounts(() => 0, LIMITS, 1_000);
  const gate = createGuessGate({ atOnce: 1, waiting: 10 });
  const guess = (shown: string, way: string) =>
    gate({
      counts,
      subject: 's',
      way: { by: 'desk', agentId: way },
      shown,
      isKnown: () => shown === 'known',
      check: async () => false,
    });
  expect(await guess('known', 'here')).toEqual({ outcome: 'right' });
  for (let n = 0; n < 3; n += 1) expect(await guess(`wrong ${n}`, 'here')).toEqual({ outcome: 'wrong' });
  expect((await guess('known', 'here')).outcome).toBe('closed');
  expect(await guess('known', 'there')).toEqual({ outcome: 'right' });
});

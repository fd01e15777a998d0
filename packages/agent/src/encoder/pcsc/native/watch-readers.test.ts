import { expect, test } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../../testing/virtual-clock.ts';
import { WATCH_LIMITS, watchReaders } from './watch-readers.ts';
import type { Winscard } from './winscard.ts';
import type { ReportedState } from './winscard-layout.ts';

const EMPTY = 0x10;
const PRESENT = 0x20;
const CHANGED = 0x02;
const UNKNOWN = 0x04;
const MUTE = 0x200;

/** A service whose answers a test makes up; it counts how often it is asked. */
function madeUpService(clock: VirtualClock) {
  const readers = new Map<string, number>();
  let asked = 0;
  let wake: (() => void) | null = null;
  let failure: string | null = null;
  let always: ((names: readonly string[]) => ReportedState[] | null) | null = null;
  const calls: string[] = [];
  const state = (name: string): ReportedState => {
    const event = name.startsWith('\\\\?PnP') ? readers.size << 16 : (readers.get(name) ?? UNKNOWN);
    return { event, atr: Uint8Array.of(0x3b) };
  };
  const winscard: Pick<Winscard, 'establish' | 'release' | 'list' | 'waitForChange' | 'cancel'> = {
    establish: async () => {
      calls.push('establish');
      if (failure !== null) throw Object.assign(new Error(failure), { code: failure });
      return 1n;
    },
    release: async () => void calls.push('release'),
    list: async () => {
      if (failure !== null) throw Object.assign(new Error(failure), { code: failure });
      return [...readers.keys()];
    },
    cancel: async () => wake?.(),
    waitForChange: async (_context, watched, forMs) => {
      asked += 1;
      if (always !== null) return always(watched.map(({ name }) => name));
      const told = () =>
        watched.map(({ name, current }) => ({ ...state(name), changed: state(name).event !== current }));
      if (told().some(({ changed }) => changed) || forMs === 0)
        return told().map((each) => ({ ...each, event: each.changed ? each.event | CHANGED : each.event }));
      return new Promise((resolve) => {
        const timer = clock.setTimeout(() => resolve(null), forMs);
        wake = () => {
          clock.clearTimeout(timer);
          resolve(told());
        };
      });
    },
  };
  return {
    winscard,
    asked: () => asked,
    calls,
    /** Puts it in that state, and wakes who waits. */
    set: (reader: string, event: number | null) => {
      if (event === null) readers.delete(reader);
      else readers.set(reader, event);
      wake?.();
    },
    fail: (code: string) => {
      failure = code;
      wake?.();
    },
    answerAlways: (answer: (names: readonly string[]) => ReportedState[] | null) => {
      always = answer;
      wake?.();
    },
  };
}

function watched({ tellsNewReaders = true } = {}) {
  const clock = createVirtualClock();
  const service = madeUpService(clock);
  const told: string[] = [];
  const begin = () =>
    watchReaders({
      winscard: service.winscard,
      tellsNewReaders,
      clock,
      listener: {
        ready: () => told.push('ready'),
        changed: (reader, { present, mute, events }) =>
          told.push(`${reader} ${present ? 'card' : mute ? 'mute' : 'empty'} ${events}`),
        gone: (reader) => told.push(`${reader} gone`),
        failed: (code) => told.push(`failed ${code}`),
      },
    });
  return { clock, service, told, begin };
}

test('readers that are there are told of first, then cards and readers that come and go', async () => {
  const { clock, service, told, begin } = watched();
  service.set('A', EMPTY);
  const watch = begin();
  await clock.advance(100);
  expect(told).toEqual(['A empty 0', 'ready']);
  service.set('A', (1 << 16) | PRESENT);
  await clock.advance(100);
  service.set('B', EMPTY);
  await clock.advance(100);
  service.set('A', null);
  await clock.advance(100);
  expect(told.slice(2)).toEqual(['A card 1', 'B empty 0', 'A gone']);
  await watch.stop();
  expect(service.calls).toEqual(['establish', 'release']);
});

test('where no event tells of new readers, they are found by asking', async () => {
  const { clock, service, told, begin } = watched({ tellsNewReaders: false });
  const watch = begin();
  await clock.advance(100);
  service.set('A', EMPTY);
  await clock.advance(2 * WATCH_LIMITS.listWithoutEventsMs);
  expect(told).toEqual(['ready', 'A empty 0']);
  await watch.stop();
});

test('a card that says nothing is no card, and no empty field', async () => {
  const { clock, service, told, begin } = watched();
  service.set('A', PRESENT | MUTE);
  const watch = begin();
  await clock.advance(100);
  expect(told).toEqual(['A mute 0', 'ready']);
  await watch.stop();
});

/** pcsc-lite and Windows refuse the whole list then, and not the one reader. */
test('a reader that goes between the list and the wait takes no other one along', async () => {
  const { clock, service, told, begin } = watched();
  service.set('A', EMPTY);
  service.set('B', EMPTY);
  const watch = begin();
  await clock.advance(100);
  const list = service.winscard.list;
  const wait = service.winscard.waitForChange;
  service.winscard.list = async () => ['A', 'B'];
  service.winscard.waitForChange = async (_context, readers) => {
    service.winscard.waitForChange = wait;
    service.winscard.list = list;
    expect(readers).toHaveLength(3);
    throw Object.assign(new Error('UnknownReader'), { code: 'UnknownReader' });
  };
  service.set('B', null);
  await clock.advance(200);
  service.set('A', (1 << 16) | PRESENT);
  await clock.advance(200);
  expect(told).toEqual(['A empty 0', 'B empty 0', 'ready', 'B gone', 'A card 1']);
  await watch.stop();
});

test('the first list may be outdated too, and one that always is ends the watch', async () => {
  const { clock, service, told, begin } = watched();
  service.set('A', EMPTY);
  const wait = service.winscard.waitForChange;
  const unknown = async () => {
    throw Object.assign(new Error('UnknownReader'), { code: 'UnknownReader' });
  };
  service.winscard.waitForChange = unknown;
  const watch = begin();
  await clock.advance(100);
  expect(told).toEqual([]);
  service.winscard.waitForChange = wait;
  await clock.advance(100);
  expect(told).toEqual(['A empty 0', 'ready']);
  service.winscard.waitForChange = unknown;
  service.set('A', PRESENT);
  await clock.advance(60_000);
  expect(told.at(-1)).toBe('failed UnknownReader');
  await watch.stop();
});

test('a service that fails is told once, with its context let go', async () => {
  const { clock, service, told, begin } = watched();
  service.set('A', EMPTY);
  begin();
  await clock.advance(100);
  service.fail('NoService');
  await clock.advance(60_000);
  expect(told).toEqual(['A empty 0', 'ready', 'failed NoService']);
  expect(service.calls).toEqual(['establish', 'release']);
});

test.each([
  ['nothing new', (names: readonly string[]) => names.map(() => ({ event: EMPTY | CHANGED, atr: new Uint8Array() }))],
  ['nothing at all', () => null],
  [
    'readers that are unknown',
    (names: readonly string[]) => names.map(() => ({ event: UNKNOWN, atr: new Uint8Array() })),
  ],
])('a service whose answers storm with %s is asked about once a second', async (_what, answer) => {
  const { clock, service, begin } = watched();
  service.set('A', EMPTY);
  const watch = begin();
  await clock.advance(100);
  service.answerAlways(answer);
  await clock.advance(10_000);
  const before = service.asked();
  await clock.advance(60_000);
  expect(service.asked() - before).toBeLessThanOrEqual(70);
  await Promise.all([watch.stop(), clock.advance(2_000)]);
});

test('no more readers are watched at once than pcsc-lite takes, the one that tells of new ones included', async () => {
  const { clock, service, told, begin } = watched();
  let most = 0;
  const wait = service.winscard.waitForChange;
  service.winscard.waitForChange = (context, readers, forMs) => {
    most = Math.max(most, readers.length);
    return wait(context, readers, forMs);
  };
  for (let i = 0; i < WATCH_LIMITS.states; i += 1) service.set(`Reader ${i}`, EMPTY);
  const watch = begin();
  await clock.advance(100);
  expect(most).toBe(WATCH_LIMITS.states);
  expect(told).toHaveLength(WATCH_LIMITS.states + 1);
  await watch.stop();
});

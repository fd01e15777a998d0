import { BLANK, type Serial } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../clock.ts';
import type { PresentCard } from '../encoder.ts';
import { readContent, writeContent } from '../layout/content-layout.ts';
import { codeOf, freshCard, KEY, keyedContent, MAC, SERIAL } from '../testing/one-card.ts';
import { memoryCardBox } from './card-box.ts';
import { factoryCard } from './card-memory.ts';
import { preparedCard } from './prepared-card.ts';
import { createSimulatedEncoder } from './simulated-encoder.ts';

const OTHER = '4567' as Serial;

function drawerOfTwo() {
  const box = memoryCardBox([factoryCard(SERIAL, 'classic-1k'), factoryCard(OTHER, 'ntag-215')]);
  const clock = virtualClock();
  const encoder = createSimulatedEncoder({ mac: MAC, name: 'Desk', box, clock });
  return { box, clock, encoder };
}

/** A clock whose time passes by itself, to the next timer, whenever the program waits for one. */
function virtualClock(): Clock & { timers: number } {
  let time = 0;
  const clock = {
    timers: 0,
    now: () => time,
    monotonic: () => time,
    setTimeout: (run: () => void, ms: number) => {
      clock.timers += 1;
      queueMicrotask(() => {
        time += ms;
        run();
      });
      return {};
    },
    clearTimeout: () => {},
  };
  return clock;
}

describe('placing and removing', () => {
  test('is told to the listeners, each placing and each removal', () => {
    const { encoder } = drawerOfTwo();
    const seen: (PresentCard | null)[] = [];
    const stop = encoder.onChange((card) => {
      expect(encoder.card()).toEqual(card);
      seen.push(card);
    });
    encoder.place(SERIAL);
    encoder.place(OTHER);
    encoder.remove();
    encoder.remove();
    stop();
    encoder.place(SERIAL);
    const [one, two] = [
      { serial: SERIAL, chip: 'classic-1k' },
      { serial: OTHER, chip: 'ntag-215' },
    ];
    expect(seen).toEqual([one, null, two, null]);
    expect(encoder.card()).toEqual(one);
  });

  test('keeps in the box where each card lies, and a new encoder finds it there', () => {
    const { box, clock, encoder } = drawerOfTwo();
    encoder.place(SERIAL);
    encoder.place(OTHER);
    expect([box.card(SERIAL)?.lyingOn, box.card(OTHER)?.lyingOn]).toEqual([null, MAC]);
    const next = createSimulatedEncoder({ mac: MAC, name: 'Desk', box, clock });
    expect(next.card()?.serial).toBe(OTHER);
  });

  test('is refused for a card that there is not, or that lies elsewhere', () => {
    const { box, encoder } = drawerOfTwo();
    expect(() => encoder.place('FF' as Serial)).toThrow('there is no card FF');
    const card = box.card(OTHER);
    if (card) card.lyingOn = 'AAAAAAAAAAAA' as typeof MAC;
    expect(() => encoder.place(OTHER)).toThrow('lies on AAAAAAAAAAAA');
  });
});

describe('a connection', () => {
  test('needs a card', async () => {
    const { encoder } = drawerOfTwo();
    expect(await codeOf(encoder.connect())).toBe('no-card');
  });

  test('ends with the presence of its card, also when the same card comes back at once', async () => {
    const { encoder } = drawerOfTwo();
    encoder.place(SERIAL);
    const first = await encoder.connect();
    expect(first.isAlive()).toBe(true);
    encoder.place(SERIAL);
    expect(first.isAlive()).toBe(false);
    expect(await codeOf(first.reselect())).toBe('card-gone');
    const second = await encoder.connect();
    await second.reselect();
    expect(await codeOf(first.reselect())).toBe('card-gone');
    expect(second.isAlive()).toBe(true);
  });

  test('ends with the next one', async () => {
    const { encoder } = drawerOfTwo();
    encoder.place(SERIAL);
    const first = await encoder.connect();
    const second = await encoder.connect();
    expect([first.isAlive(), second.isAlive()]).toEqual([false, true]);
    await first.close();
    await second.reselect();
    await second.close();
    await second.close();
    expect(await codeOf(second.reselect())).toBe('card-gone');
  });

  test('is not opened on a card that came during the opening', async () => {
    const { encoder } = drawerOfTwo();
    encoder.place(SERIAL);
    const opening = encoder.connect();
    encoder.place(OTHER);
    expect(await codeOf(opening)).toBe('card-gone');
  });

  test('ends with its encoder, and the card stays', async () => {
    const { box, encoder } = drawerOfTwo();
    encoder.place(SERIAL);
    const connection = await encoder.connect();
    await encoder.close();
    expect(connection.isAlive()).toBe(false);
    expect(await codeOf(connection.reselect())).toBe('encoder-closed');
    expect(await codeOf(encoder.connect())).toBe('encoder-closed');
    expect(box.card(SERIAL)?.lyingOn).toBe(MAC);
  });

  test('ends when the encoder hangs', async () => {
    const { encoder } = drawerOfTwo();
    encoder.place(SERIAL);
    encoder.fail('reader-hung', 2);
    const connection = await encoder.connect();
    expect(await codeOf(connection.reselect())).toBe('reader-hung');
    expect(connection.isAlive()).toBe(false);
    await (await encoder.connect()).reselect();
  });
});

describe('time', () => {
  test('passes by the clock that was given, as much as the exchanges take', async () => {
    const { box, clock, encoder } = drawerOfTwo();
    box.keep(preparedCard(SERIAL, 'classic-1k', BLANK));
    encoder.place(SERIAL);
    const connection = await encoder.connect();
    expect(clock.monotonic()).toBe(30);
    await writeContent(connection, BLANK, keyedContent(), [KEY]);
    expect(clock.monotonic()).toBe(30 + 10 + 10 + 6 + 4 * 12);
    await readContent(connection, [KEY]);
    expect(clock.monotonic()).toBe(104 + 10 + 10 + 3 * 6);
  });

  test('needs no timer when nothing takes any', async () => {
    const { card } = freshCard('ntag-216');
    const clock = virtualClock();
    const timing = { connectMs: 0, reselectMs: 0, authenticateMs: 0, readMs: 0, writeMs: 0 };
    const encoder = createSimulatedEncoder({ mac: MAC, name: 'Desk', box: memoryCardBox([card]), clock, timing });
    const connection = await encoder.connect();
    await writeContent(connection, BLANK, keyedContent(), [KEY]);
    expect((await readContent(connection, [KEY])).content).toBe(keyedContent());
    expect(clock.timers).toBe(0);
  });
});

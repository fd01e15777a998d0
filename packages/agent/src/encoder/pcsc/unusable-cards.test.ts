import { afterEach, describe, expect, test } from 'vitest';
import { factoryCard } from '../simulated/card-memory.ts';
import { SERIAL } from '../testing/one-card.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import { type ModelWorld, openModelWorld } from './testing/model-world.ts';
import { BY_THE_BOOK } from './testing/reader-models.ts';

/** What a reader that can't work with what lies there says of it, and whether it looks again. */

let world: ModelWorld;
afterEach(() => world.close());

/** Longer than any pause between two looks, and than a look takes. */
const LONG_MS = PCSC_LIMITS.lookAgain.mostMs * 4;

describe('a card of another system', () => {
  test.each([
    ['a bank card or phone', '3b8e80018031806690006d4c4b4f574131384f83', 'not-a-room-card'],
    ['a MIFARE Classic 4K', '3b8f8001804f0ca000000306030002000000006a', 'chip-not-written'],
    ['a FeliCa card', '3b8f8001804f0ca000000306110003b0000000f8', 'chip-not-written'],
  ])('%s is told as what it is, and sent nothing', async (_what, atr, reason) => {
    world = await openModelWorld(BY_THE_BOOK);
    world.reader.placeForeign(Buffer.from(atr, 'hex'));
    await world.clock.advance(LONG_MS);
    expect(world.encoder.card()).toBeNull();
    expect(world.encoder.unusable()).toBe(reason);
    expect(world.reader.calls()).toEqual([]);
    world.reader.remove();
    await world.clock.advance(LONG_MS);
    expect(world.encoder.unusable()).toBeNull();
  });
});

test('a card whose UID was garbled once is looked at again by itself, and told as not answering until then', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  const told: (string | null)[] = [];
  world.encoder.onUnusable(() => told.push(world.encoder.unusable()));
  world.reader.answerOnce('ffca', Uint8Array.of(0x63, 0x00));
  world.reader.place(factoryCard(SERIAL, 'ntag-213'));
  await world.clock.advance(LONG_MS);
  expect(world.encoder.card()?.serial).toBe(SERIAL);
  expect(told).toEqual(['card-not-answering', null]);
});

test('a reader that another program holds is told as in use, and looked at again', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  const theirs = world.reader.hold();
  world.reader.place(factoryCard(SERIAL, 'classic-1k'));
  await world.clock.advance(LONG_MS);
  expect(world.encoder.unusable()).toBe('encoder-in-use');
  theirs.letGo();
  await world.clock.advance(LONG_MS);
  expect(world.encoder.unusable()).toBeNull();
  expect(world.encoder.card()?.serial).toBe(SERIAL);
});

test('a chip that tells no version is told as one for another encoder, and looked at again in pauses', async () => {
  world = await openModelWorld({ ...BY_THE_BOOK, pageCommands: 'none' });
  world.reader.place(factoryCard(SERIAL, 'ntag-213'));
  await world.clock.advance(LONG_MS);
  expect(world.encoder.unusable()).toBe('encoder-unfit');
  const looks = () => world.reader.calls().filter((call) => call === 'connect').length;
  const before = looks();
  await world.clock.advance(LONG_MS);
  expect(looks()).toBeGreaterThan(before);
  expect(looks() - before).toBeLessThan(10);
});

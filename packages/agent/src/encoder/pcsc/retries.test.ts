import { afterEach, expect, test } from 'vitest';
import { factoryCard } from '../simulated/card-memory.ts';
import { SERIAL } from '../testing/one-card.ts';
import { PCSC_LIMITS } from './pcsc-limits.ts';
import { type ModelWorld, openModelWorld } from './testing/model-world.ts';
import { BY_THE_BOOK } from './testing/reader-models.ts';

const TEN_MINUTES = 600_000;

let world: ModelWorld;
afterEach(() => world.close());

const connects = () => world.reader.calls().filter((call) => call === 'connect').length;
const troubles = () => world.log.filter((line) => line.includes('could not be looked at'));

test('a reader that another program holds is tried again in pauses, and that is said once a minute', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  const theirs = world.reader.hold();
  world.reader.place(factoryCard(SERIAL, 'classic-1k'));
  await world.clock.advance(TEN_MINUTES);
  expect(connects()).toBeGreaterThan(TEN_MINUTES / PCSC_LIMITS.lookAgain.mostMs / 2);
  expect(connects()).toBeLessThanOrEqual(TEN_MINUTES / PCSC_LIMITS.lookAgain.mostMs + 5);
  expect(troubles().length).toBeGreaterThanOrEqual(9);
  expect(troubles().length).toBeLessThanOrEqual(11);
  theirs.letGo();
  await world.clock.advance(PCSC_LIMITS.lookAgain.mostMs + 1_000);
  expect(world.encoder.card()?.serial, 'it is seen once they let go').toBe(SERIAL);
});

test('another card is looked at at once, whatever the one before did', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  const theirs = world.reader.hold();
  world.reader.place(factoryCard(SERIAL, 'classic-1k'));
  await world.clock.advance(TEN_MINUTES);
  theirs.letGo();
  world.reader.place(factoryCard(SERIAL, 'classic-1k'));
  await world.clock.advance(200);
  expect(world.encoder.card()?.serial).toBe(SERIAL);
});

test('a card that comes and goes a thousand times is not looked at a thousand times', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  for (let i = 0; i < 1_000; i += 1) world.reader.place(factoryCard(SERIAL, 'classic-1k'));
  await world.clock.advance(5_000);
  expect(connects()).toBeLessThan(10);
  expect(world.encoder.card()?.serial).toBe(SERIAL);
});

import { afterEach, expect, test } from 'vitest';
import { factoryCard } from '../simulated/card-memory.ts';
import { codeOf, SERIAL } from '../testing/one-card.ts';
import { type ModelWorld, openModelWorld } from './testing/model-world.ts';
import { ACR122U, BY_THE_BOOK, READER_MODELS } from './testing/reader-models.ts';

/** Begin of "switch to layer 3" and of frames, and what a reader says that can't. */
const SWITCH = 'ffc20002';
const FRAME = 'ffc20001';
const NOT_SO = Uint8Array.of(0xc0, 0x03, 0x00, 0x69, 0x85, 0x90, 0x00);

let world: ModelWorld;
afterEach(() => world.close());

test('a session that began and failed is ended', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  world.reader.answerOnce(SWITCH, NOT_SO);
  const connection = await world.open(factoryCard(SERIAL, 'ntag-213'));
  await world.run(connection.close());
  const sessions = world.reader.calls().filter((call) => call.startsWith('ffc20000'));
  expect(sessions.filter((call) => call.startsWith('ffc200000282'))).toHaveLength(
    sessions.filter((call) => call.startsWith('ffc200000281')).length,
  );
  expect(world.reader.reader.isInSession()).toBe(false);
});

test('a session in which the card says nothing is ended', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  world.reader.answerOnce(FRAME, NOT_SO);
  const connection = await world.open(factoryCard(SERIAL, 'ntag-213'));
  await world.run(connection.close());
  expect(world.reader.reader.isInSession()).toBe(false);
});

test.each(READER_MODELS.map((model) => [model.model, model] as const))(
  'on %s no session is left open by a card that was looked at, used, and taken away',
  async (_name, model) => {
    world = await openModelWorld(model);
    world.reader.place(factoryCard(SERIAL, 'ntag-213'));
    await world.clock.advance(5_000);
    expect(world.reader.reader.isInSession(), 'looked at').toBe(false);
    if (world.encoder.card() === null) {
      expect(model.pageCommands, 'such a reader can not be used for these chips').toBe('none');
      return;
    }
    const connection = await world.run(world.encoder.connect());
    expect(
      await world.run(
        codeOf(connection.reselect().then(() => Promise.reject(Object.assign(new Error(), { code: 'fine' })))),
      ),
    ).toBe('fine');
    await world.run(connection.close());
    expect(world.reader.reader.isInSession(), 'used').toBe(false);
  },
);

test('a card of another system is asked nothing, not even opened', async () => {
  world = await openModelWorld(ACR122U);
  for (const atr of [
    '3b8180018080',
    '3b8e80018031806665b103020183011f830190005f',
    '3b8f8001804f0ca0000003060300020000000069',
  ]) {
    world.reader.placeForeign(new Uint8Array(Buffer.from(atr, 'hex')));
    await world.clock.advance(10_000);
    expect(await world.run(codeOf(world.encoder.connect()))).toBe('no-card');
  }
  expect(world.reader.calls()).toEqual([]);
  expect(world.log.filter((line) => line.includes('cannot be used'))).toHaveLength(3);
});

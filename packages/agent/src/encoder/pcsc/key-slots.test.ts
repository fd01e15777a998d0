import type { Serial } from '@keyrack/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { CLASSIC_FACTORY_KEY, CLASSIC_TRAILER_BLOCK } from '../chip-geometry.ts';
import type { ClassicConnection } from '../encoder.ts';
import { readContent, writeContent } from '../layout/content-layout.ts';
import { factoryCard } from '../simulated/card-memory.ts';
import { codeOf, KEY, keyedContent, OLD_KEY, SERIAL } from '../testing/one-card.ts';
import { type ModelWorld, openModelWorld } from './testing/model-world.ts';
import {
  ACR122U,
  ACR1281U,
  BY_THE_BOOK,
  OMNIKEY_5022,
  READER_MODELS,
  type ReaderModel,
} from './testing/reader-models.ts';

const OTHER_SERIAL = '04FFEEDDCCBBAA' as Serial;
const WRONG_KEY = new Uint8Array(6).fill(0x11);
const FAILED = Uint8Array.of(0x63, 0x00);

let world: ModelWorld | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

async function openClassic(model: ReaderModel, serial: Serial = SERIAL): Promise<ClassicConnection> {
  world ??= await openModelWorld(model);
  const connection = await world.open(factoryCard(serial, 'classic-1k'));
  if (connection.chip !== 'classic-1k') throw new Error(`it is a ${connection.chip}`);
  return connection;
}
const run = <T>(doing: Promise<T>): Promise<T> => (world as ModelWorld).run(doing);
const loads = () => world?.reader.calls().filter((call) => call.startsWith('ff82')) ?? [];
const openSector = (connection: ClassicConnection, key = CLASSIC_FACTORY_KEY, type: 'A' | 'B' = 'A') =>
  connection.authenticate(CLASSIC_TRAILER_BLOCK, type, key);

/** Reads, issues, reads back and erases it, as an operation of each kind does. */
async function liveThrough(connection: ClassicConnection): Promise<void> {
  const fresh = await run(readContent(connection, [KEY, OLD_KEY]));
  if (fresh.content === 'unreadable') throw new Error('a new card is readable');
  await run(writeContent(connection, fresh.content, keyedContent(), [KEY]));
  expect(await run(readContent(connection, [KEY]))).toEqual({ content: keyedContent(), key: 0 });
  await run(writeContent(connection, keyedContent(), fresh.content, [KEY]));
}

describe.each(READER_MODELS.map((model) => [model.model, model] as const))('%s', (_name, model) => {
  test('takes the keys of a Classic through its whole life', async () => {
    const connection = await openClassic(model);
    await liveThrough(connection);
    await run(connection.close());
  });

  test('keeps none of our keys when the card is let go', async () => {
    const connection = await openClassic(model);
    await liveThrough(connection);
    await run(connection.close());
    world?.reader.reader.unplug();
    for (const [place, key] of world?.reader.reader.keys() ?? []) expect(key, place).toEqual(CLASSIC_FACTORY_KEY);
  });

  test('keeps none when the card was taken away, once another has come', async () => {
    const connection = await openClassic(model);
    await run(openSector(connection));
    await run(codeOf(openSector(connection, WRONG_KEY)));
    world?.reader.remove();
    expect(await run(codeOf(connection.reselect()))).toBe('card-gone');
    await run(connection.close());
    const other = await openClassic(model, OTHER_SERIAL);
    world?.reader.reader.unplug();
    for (const [place, key] of world?.reader.reader.keys() ?? []) expect(key, place).toEqual(CLASSIC_FACTORY_KEY);
    await run(other.close());
  });

  test('is given a key once for one opening', async () => {
    const connection = await openClassic(model);
    await run(openSector(connection));
    const before = loads().length;
    await run(openSector(connection));
    await run(connection.authenticate(11, 'A', CLASSIC_FACTORY_KEY));
    expect(loads()).toHaveLength(before);
    await run(connection.reselect());
    await run(openSector(connection));
    expect(loads(), 'again after a reset').toHaveLength(before + 1);
    await run(codeOf(openSector(connection, WRONG_KEY)));
    const refused = loads().length;
    await run(connection.reselect());
    await run(openSector(connection));
    expect(loads(), 'again after a refusal').toHaveLength(refused + 1);
    await run(connection.close());
  });
});

test("a reader of ACS with an EEPROM for keys isn't worn", async () => {
  for (let i = 0; i < 10; i += 1) {
    const connection = await openClassic(ACR1281U);
    await liveThrough(connection);
    await run(connection.close());
    world?.reader.remove();
  }
  expect(world?.reader.reader.wear()).toBe(0);
});

test('a reader that has nothing but lasting memory is written twice for each key: once with it, once over it', async () => {
  const connection = await openClassic(OMNIKEY_5022);
  await run(openSector(connection));
  await run(openSector(connection));
  await run(connection.close());
  expect(world?.reader.reader.wear()).toBe(2);
});

describe('an answer that may be a garbled one', () => {
  test('does not make a reader be given keys for good', async () => {
    const connection = await openClassic(ACR122U);
    world?.reader.answerOnce('ff8200', FAILED);
    await run(openSector(connection));
    expect(new Set(loads().map((load) => load.slice(0, 8)))).toEqual(new Set(['ff820000']));
    await run(connection.close());
  });

  test('makes no difference once a key has opened a card there', async () => {
    const connection = await openClassic(ACR122U);
    await run(openSector(connection));
    for (let i = 0; i < 4; i += 1) {
      await run(connection.reselect());
      world?.reader.answerOnce('ff82', FAILED);
      await run(openSector(connection));
    }
    expect(new Set(loads().map((load) => load.slice(0, 8)))).toEqual(new Set(['ff820000']));
    await run(connection.close());
  });

  test.each([0x6f00, 0x6400, 0x6581])('of status %i is no refusal at all', async (status) => {
    const connection = await openClassic({
      ...BY_THE_BOOK,
      keyPlace: () => null,
      status: { ...BY_THE_BOOK.status, keyRefused: status },
    });
    expect(await run(codeOf(openSector(connection)))).toBe('authentication-failed');
    expect(new Set(loads().map((load) => load.slice(0, 8)))).toEqual(new Set(['ff820000']));
    await run(connection.close());
  });
});

test('a place that a reader takes and does not find when it is to use it is left', async () => {
  // Takes a key at any number, and has those of the numbers 60 and 61 alone.
  const connection = await openClassic({
    ...BY_THE_BOOK,
    keyPlace: (structure, number) => (structure === 0 ? { name: `volatile ${number}`, lasting: false } : null),
    usedPlace: (number, type) => (number === 0x01 ? { name: `volatile ${type}`, lasting: false } : null),
  });
  await run(openSector(connection));
  expect(await run(connection.readBlock(4))).toEqual(new Uint8Array(16));
  await run(connection.close());
});

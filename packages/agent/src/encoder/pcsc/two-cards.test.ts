import type { Serial } from '@keyrack/protocol';
import { afterEach, expect, test } from 'vitest';
import { isCardError } from '../card-error.ts';
import { readContent, writeContent } from '../layout/content-layout.ts';
import { factoryCard } from '../simulated/card-memory.ts';
import { CHIPS, KEY, keyedContent, SERIAL } from '../testing/one-card.ts';
import { type ModelWorld, openModelWorld } from './testing/model-world.ts';
import { BY_THE_BOOK } from './testing/reader-models.ts';

const OTHER_SERIAL = '04FFEEDDCCBBAA' as Serial;

let world: ModelWorld;
afterEach(() => world.close());

test.each(CHIPS)('of two %s in the field, what was meant for one never reaches the other', async (chip) => {
  world = await openModelWorld(BY_THE_BOOK);
  const cards = [factoryCard(SERIAL, chip), factoryCard(OTHER_SERIAL, chip)];
  const before = new Map(cards.map((card) => [card.serial, card.memory.slice()]));
  world.reader.place(...cards);
  await world.clock.advance(5_000);
  for (let i = 0; i < 4; i += 1) {
    const connection = await world.run(world.encoder.connect()).catch(() => null);
    if (connection === null) continue;
    const other = cards.find(({ serial }) => serial !== connection.serial);
    const outcome = await world.run(
      readContent(connection, [KEY])
        .then(({ content }) =>
          content === 'unreadable' ? null : writeContent(connection, content, keyedContent(), [KEY]),
        )
        .catch((error: unknown) => error),
    );
    if (outcome !== undefined && outcome !== null) expect(isCardError(outcome, 'card-gone')).toBe(true);
    expect(other?.memory).toEqual(before.get(other?.serial as Serial));
    await world.run(connection.close());
  }
});

test('the lower card is left alone once it lies there alone', async () => {
  world = await openModelWorld(BY_THE_BOOK);
  const lower = factoryCard(SERIAL, 'classic-1k');
  world.reader.place(lower, factoryCard(OTHER_SERIAL, 'classic-1k'));
  await world.clock.advance(5_000);
  const connection = await world.open(lower);
  expect(connection.serial).toBe(SERIAL);
  expect((await world.run(readContent(connection, [KEY]))).content).toMatch(/^(?:blank|factory)/);
  await world.run(connection.close());
});

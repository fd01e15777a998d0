import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BLANK, type CardContent } from '@keyrack/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { readContent, writeContent } from '../layout/content-layout.ts';
import { contentOnCard } from '../simulated/card-inspection.ts';
import { factoryCard } from '../simulated/card-memory.ts';
import { CHIPS, KEY, keyedContent, OLD_KEY, OTHER_KEY, SERIAL } from '../testing/one-card.ts';
import { type ModelWorld, openModelWorld } from './testing/model-world.ts';
import { ASSUMED, READER_MODELS } from './testing/reader-models.ts';

/** Every model of a reader with every chip, and what docs/encoders.md says of both. */
const DOCS = readFileSync(join(import.meta.dirname, '../../../../../docs/encoders.md'), 'utf8').replaceAll(/\s+/g, ' ');

let world: ModelWorld | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

describe.each(READER_MODELS.map((model) => [model.model, model] as const))('on %s', (name, model) => {
  test.each(CHIPS)('a %s is known, written, read back and erased, or said not to work', async (chip) => {
    world = await openModelWorld(model);
    const { run } = world;
    const card = factoryCard(SERIAL, chip);
    world.reader.place(card);
    await world.clock.advance(5_000);
    const works = chip === 'classic-1k' || model.pageCommands !== 'none';
    expect(world.encoder.card()).toEqual(works ? { serial: SERIAL, chip } : null);
    if (!works) {
      expect(world.log.at(-1)).toContain('hands no commands on');
      return;
    }
    const connection = await run(world.encoder.connect());
    const fresh = await run(readContent(connection, [KEY]));
    await run(writeContent(connection, fresh.content as CardContent, keyedContent(), [KEY]));
    expect(await run(readContent(connection, [OLD_KEY, KEY]))).toEqual({ content: keyedContent(), key: 1 });
    expect((await run(readContent(connection, [OTHER_KEY]))).content).toBe('unreadable');
    await run(writeContent(connection, keyedContent(), BLANK, [KEY]));
    expect(contentOnCard(card)).toBe(BLANK);
    await run(connection.close());
  });

  test('the docs have its row, and list what is assumed of it', () => {
    const pages = model.pageCommands === 'none' ? 'no' : 'yes';
    expect(DOCS).toContain(`| ${name} | yes | ${pages} |`);
    for (const { what, source } of model.facts) {
      if (source.includes(ASSUMED)) expect(DOCS).toContain(what);
    }
  });

  test('each fact of it has a source, or says that it was assumed', () => {
    for (const { what, source } of model.facts) expect(source, what).toMatch(/assumed|p\. \d|\d\.\d|\.cs/);
  });
});

import { BLANK, type Chip } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { readContent, writeContent } from '../layout/content-layout.ts';
import { contentOnCard } from '../simulated/card-inspection.ts';
import { factoryCard } from '../simulated/card-memory.ts';
import { CHIPS, KEY, keyedContent, OTHER_KEY, SERIAL } from '../testing/one-card.ts';
import { pcscWorldOfTheGroup } from './testing/pcsc-world.ts';
import { describePcscd } from './testing/pcscd.ts';
import { ACR122U, BY_THE_BOOK, type ReaderModel } from './testing/reader-models.ts';

describePcscd('through pcscd and a virtual reader', () => {
  const group = pcscWorldOfTheGroup();

  const CASES: readonly (readonly [Chip, string, ReaderModel])[] = [
    ...CHIPS.map((chip) => [chip, 'a reader by the book', BY_THE_BOOK] as const),
    ['ntag-213', 'an ACR122U', ACR122U],
  ];
  test.each(CASES)('a %s on %s is known, written, read back and erased', async (chip, _name, model) => {
    const card = factoryCard(SERIAL, chip);
    expect(await group.world.place(card, model)).toEqual({ serial: SERIAL, chip });
    const connection = await group.world.encoder.connect();
    const fresh = await readContent(connection, [KEY]);
    if (fresh.content === 'unreadable') throw new Error('a new card is readable');
    await writeContent(connection, fresh.content, keyedContent(), [KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: keyedContent(), key: 0 });
    expect(contentOnCard(card, [KEY])).toBe(keyedContent());
    expect((await readContent(connection, [OTHER_KEY])).content).toBe('unreadable');
    await writeContent(connection, keyedContent(), BLANK, [KEY]);
    expect((await readContent(connection, [KEY])).content).toBe(BLANK);
    expect(contentOnCard(card)).toBe(BLANK);
    await connection.close();
  });
});

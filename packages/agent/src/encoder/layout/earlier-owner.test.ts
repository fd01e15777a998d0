import { BLANK, type Reading } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { PageChip } from '../encoder.ts';
import { contentOnCard } from '../simulated/card-inspection.ts';
import type { SimulatedCard } from '../simulated/card-memory.ts';
import { pagePassword } from '../simulated/page-memory.ts';
import { preparedCard } from '../simulated/prepared-card.ts';
import { CHIPS, codeOf, KEY, keyedContent, lying, OLD_KEY, OTHER_KEY, SERIAL } from '../testing/one-card.ts';
import { readContent, writeContent } from './content-layout.ts';

/**
 * Chips with pages that an earlier owner has set to count wrong passwords (AUTHLIM), or to show its UID in ASCII over
 * what they hold (mirror). From the data sheets, and deliberately not from the code that is tested.
 */
const CONFIG_PAGE: Record<PageChip, number> = {
  'ultralight-ev1': 0x10,
  'ntag-213': 0x29,
  'ntag-215': 0x83,
  'ntag-216': 0xe3,
};
const PAGE_CHIPS = CHIPS.filter((chip): chip is PageChip => chip !== 'classic-1k');
const NTAGS = PAGE_CHIPS.filter((chip) => chip !== 'ultralight-ev1');

function countsWrongPasswords(card: SimulatedCard, limit: number): SimulatedCard {
  const at = (CONFIG_PAGE[card.chip as PageChip] + 1) * 4;
  card.memory[at] = (card.memory[at] ?? 0) | limit;
  return card;
}

/** @param conf 0x40 the UID, 0x80 the count of readings, 0xc0 both */
function mirrors(card: SimulatedCard, conf: number, page: number, byte = 0): SimulatedCard {
  const at = CONFIG_PAGE[card.chip as PageChip] * 4;
  card.memory[at] = (card.memory[at] ?? 0) | conf | (byte << 4);
  card.memory[at + 2] = page;
  return card;
}

/** A card of another system: its password guards pages 4 and up, for writing alone or for reading too. */
function foreign(chip: PageChip, access: number): SimulatedCard {
  const card = preparedCard(SERIAL, chip, BLANK);
  const at = CONFIG_PAGE[chip] * 4;
  card.memory[at + 3] = 4;
  card.memory[at + 4] = access;
  card.memory.set([1, 2, 3, 4], at + 8);
  return card;
}

describe.each(PAGE_CHIPS)('a %s that counts wrong passwords', (chip) => {
  test.each([1, 7])('up to %i counts none any more once it was issued', async (limit) => {
    const { encoder, card } = lying(countsWrongPasswords(preparedCard(SERIAL, chip, BLANK), limit));
    const connection = await encoder.connect();
    await writeContent(connection, BLANK, keyedContent(), [KEY]);
    for (let i = 0; i < 10; i += 1) expect((await readContent(connection, [OTHER_KEY])).content).toBe('unreadable');
    expect(await readContent(connection, [KEY])).toEqual({ content: keyedContent(), key: 0 });
    await writeContent(connection, keyedContent(), BLANK, [KEY]);
    expect(contentOnCard(card)).toBe(BLANK);
  });

  test('counts none any more once it was written under the key that it has', async () => {
    const { encoder } = lying(countsWrongPasswords(preparedCard(SERIAL, chip, keyedContent(), KEY), 1));
    const connection = await encoder.connect();
    await writeContent(connection, keyedContent(), keyedContent(9), [KEY]);
    for (let i = 0; i < 3; i += 1) expect((await readContent(connection, [OTHER_KEY])).content).toBe('unreadable');
    expect(await readContent(connection, [KEY])).toEqual({ content: keyedContent(9), key: 0 });
  });

  test("and is another system's is not shut by reading it", async () => {
    const { encoder, card } = lying(foreign(chip, 0x02));
    const connection = await encoder.connect();
    for (let i = 0; i < 3; i += 1) expect((await readContent(connection, [KEY, OLD_KEY])).content).toBe('unreadable');
    expect(pagePassword(card.memory, chip, Uint8Array.of(1, 2, 3, 4))).not.toBeNull();
  });
});

describe.each(NTAGS)('a %s that mirrors', (chip) => {
  test.each([
    ['its UID', 0x40, 4, 0],
    ['its count of readings', 0x80, 5, 3],
    ['both', 0xc0, 8, 1],
  ] as const)('%s shows what it holds once it was issued', async (_what, conf, page, byte) => {
    const { encoder, card } = lying(mirrors(preparedCard(SERIAL, chip, BLANK), conf, page, byte));
    const connection = await encoder.connect();
    const { content } = await readContent(connection, [KEY]);
    expect(content, 'the mirror is seen').not.toBe(BLANK);
    await writeContent(connection, BLANK, keyedContent(), [KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: keyedContent(), key: 0 });
    await writeContent(connection, keyedContent(), BLANK, [KEY]);
    expect((await readContent(connection, [KEY])).content).toBe(BLANK);
    expect(contentOnCard(card)).toBe(BLANK);
  });

  test('shows what it holds once it was written under the key that it has', async () => {
    const { encoder } = lying(mirrors(preparedCard(SERIAL, chip, keyedContent(), KEY), 0x40, 6));
    const connection = await encoder.connect();
    await writeContent(connection, keyedContent(), keyedContent(9), [KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: keyedContent(9), key: 0 });
  });

  test('is never read through its mirror after a torn issue that reached the content', async () => {
    for (const mode of ['old', 'first-half', 'second-half', 'new'] as const) {
      for (let at = 2; at <= 17; at += 1) {
        const { encoder, card } = lying(mirrors(preparedCard(SERIAL, chip, BLANK), 0x40, 4));
        card.tear = { writes: at, mode };
        expect(await codeOf(writeContent(await encoder.connect(), BLANK, keyedContent(), [KEY]))).toBe('card-gone');
        encoder.place(SERIAL);
        const found: Reading = (await readContent(await encoder.connect(), [KEY])).content;
        expect(found, `${mode} at ${at}`).toBe(contentOnCard(card, [KEY]));
      }
    }
  });
});

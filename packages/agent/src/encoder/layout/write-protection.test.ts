import { BLANK, type CardContent, type Chip, contentOf } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { PageChip } from '../encoder.ts';
import { factoryCard } from '../simulated/card-memory.ts';
import { preparedCard } from '../simulated/prepared-card.ts';
import { CHIPS, codeOf, KEY, keyedContent, lying, SERIAL } from '../testing/one-card.ts';
import { readContent, writeContent } from './content-layout.ts';

const PAGE_CHIPS = CHIPS.filter((chip): chip is PageChip => chip !== 'classic-1k');
/** From the data sheets, and deliberately not from the code that is tested. */
const AUTH0_PAGE: Record<Exclude<Chip, 'classic-1k'>, number> = {
  'ultralight-ev1': 0x10,
  'ntag-213': 0x29,
  'ntag-215': 0x83,
  'ntag-216': 0xe3,
};

describe.each(PAGE_CHIPS)('a %s', (chip) => {
  test('with lock bits on any page of the area is refused before anything is written', async () => {
    for (let page = 4; page <= 15; page += 1) {
      const card = preparedCard(SERIAL, chip, BLANK);
      card.memory[page < 8 ? 10 : 11] = 1 << (page % 8);
      const before = card.memory.slice();
      const { encoder } = lying(card);
      const connection = await encoder.connect();
      expect(await codeOf(writeContent(connection, BLANK, keyedContent(), [KEY]))).toBe('write-protected');
      expect(card.memory).toEqual(before);
      expect((await readContent(connection, [KEY])).content).toBe(BLANK);
    }
  });

  test('with a locked configuration is refused before anything is written', async () => {
    const card = preparedCard(SERIAL, chip, BLANK);
    card.memory[(AUTH0_PAGE[chip] + 1) * 4] = 0x40;
    const before = card.memory.slice();
    const { encoder } = lying(card);
    expect(await codeOf(writeContent(await encoder.connect(), BLANK, keyedContent(), [KEY]))).toBe('write-protected');
    expect(card.memory).toEqual(before);
  });

  test('is locked as the data sheet says', async () => {
    const { encoder, card } = lying(preparedCard(SERIAL, chip, BLANK));
    await writeContent(await encoder.connect(), BLANK, keyedContent(), [KEY]);
    const config = Buffer.from(card.memory.subarray(AUTH0_PAGE[chip] * 4, AUTH0_PAGE[chip] * 4 + 16)).toString('hex');
    const strongModulation = chip === 'ultralight-ev1' ? '00' : '04';
    expect(config).toBe([`${strongModulation}000004`, '80050000', '00112233', 'ccdd0000'].join(''));
  });

  test("that another system's password guards is unreadable", async () => {
    const card = factoryCard(SERIAL, chip);
    const config = AUTH0_PAGE[chip] * 4;
    card.memory[config + 3] = 4;
    card.memory.set([1, 2, 3, 4], config + 8);
    const { encoder } = lying(card);
    const connection = await encoder.connect();
    for (const access of [0x00, 0x80]) {
      card.memory[config + 4] = access;
      expect((await readContent(connection, [KEY])).content).toBe('unreadable');
    }
  });

  test('that the factory password guards counts as factory, and can be issued', async () => {
    const card = preparedCard(SERIAL, chip, BLANK);
    card.memory[AUTH0_PAGE[chip] * 4 + 3] = 4;
    card.memory[AUTH0_PAGE[chip] * 4 + 4] = 0x80;
    const { encoder } = lying(card);
    const connection = await encoder.connect();
    expect((await readContent(connection, [KEY])).content).toBe(BLANK);
    await writeContent(connection, BLANK, keyedContent(), [KEY]);
    expect((await readContent(connection, [KEY])).content).toBe(keyedContent());
  });

  test('that knows the password but not its answer is no card of ours', async () => {
    const card = preparedCard(SERIAL, chip, keyedContent(), KEY);
    card.memory[(AUTH0_PAGE[chip] + 3) * 4] = 0;
    const { encoder } = lying(card);
    expect((await readContent(await encoder.connect(), [KEY])).content).toBe('unreadable');
  });
});

describe('a classic-1k', () => {
  /** Sector 1 with factory keys and these access bits. */
  function withAccessBits(bits: readonly number[]) {
    const card = preparedCard(SERIAL, 'classic-1k', contentOf('factory', new Uint8Array(48).fill(7)));
    card.memory.set(bits, 7 * 16 + 6);
    return lying(card);
  }

  test("with another system's access bits is read, and refused before anything is written", async () => {
    // Data blocks 110 (value blocks), trailer 011.
    const { encoder, card } = withAccessBits([0x08, 0x77, 0x8f]);
    const before = card.memory.slice();
    const connection = await encoder.connect();
    const { content } = await readContent(connection, [KEY]);
    expect(content).toMatch(/^factory:07/);
    expect(await codeOf(writeContent(connection, content as CardContent, BLANK, [KEY]))).toBe('write-protected');
    expect(card.memory).toEqual(before);
  });

  test('that opens but may not be read is unreadable', async () => {
    // Data blocks 111 (nobody), trailer 001.
    const { encoder } = withAccessBits([0x88, 0x70, 0xf7]);
    expect((await readContent(await encoder.connect(), [KEY])).content).toBe('unreadable');
  });

  test('gets its own key B back when it is erased behind factory keys', async () => {
    const card = preparedCard(SERIAL, 'classic-1k', BLANK);
    card.memory.set([1, 2, 3, 4, 5, 6], 7 * 16 + 10);
    const { encoder } = lying(card);
    await writeContent(await encoder.connect(), BLANK, BLANK, []);
    expect(Buffer.from(card.memory.subarray(7 * 16, 8 * 16)).toString('hex')).toBe('ffffffffffffff078069ffffffffffff');
  });

  test('is locked as the data sheet says', async () => {
    const { encoder, card } = lying(preparedCard(SERIAL, 'classic-1k', BLANK));
    await writeContent(await encoder.connect(), BLANK, keyedContent(), [KEY]);
    expect(Buffer.from(card.memory.subarray(7 * 16, 8 * 16)).toString('hex')).toBe('0011223344557877886966778899aabb');
  });
});

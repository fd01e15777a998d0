import { BLANK, type CardContent, CONTENT_BYTES, contentOf, imageOf, type Serial } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCardError } from '../card-error.ts';
import { contentOnCard } from '../simulated/card-inspection.ts';
import { preparedCard } from '../simulated/prepared-card.ts';
import { CHIPS, codeOf, freshCard, KEY, keyedContent, lying, OLD_KEY, OTHER_KEY, SERIAL } from '../testing/one-card.ts';
import { readContent, writeContent } from './content-layout.ts';

const guest = keyedContent();
const image = fc.uint8Array({ minLength: CONTENT_BYTES, maxLength: CONTENT_BYTES });

describe.each(CHIPS)('a %s', (chip) => {
  test('is blank, issued, read back, erased, and blank again', async () => {
    const { encoder } = lying(preparedCard(SERIAL, chip, BLANK));
    const connection = await encoder.connect();
    expect(await readContent(connection, [KEY])).toEqual({ content: BLANK, key: null });
    await writeContent(connection, BLANK, guest, [KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: guest, key: 0 });
    await writeContent(connection, guest, BLANK, [KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: BLANK, key: null });
  });

  test('is after an erase byte for byte the card that it was before the issue', async () => {
    const { encoder, card } = lying(preparedCard(SERIAL, chip, BLANK));
    const before = card.memory.slice();
    const connection = await encoder.connect();
    await writeContent(connection, BLANK, guest, [KEY]);
    expect(card.memory).not.toEqual(before);
    await writeContent(connection, guest, BLANK, [KEY]);
    expect(card.memory).toEqual(before);
  });

  test('reads, as sold, as the bytes that its maker left there, and can be issued', async () => {
    const { encoder } = freshCard(chip);
    const connection = await encoder.connect();
    const { content } = await readContent(connection, []);
    expect(content).toMatch(/^factory:/);
    expect(content === BLANK).toBe(chip === 'classic-1k' || chip === 'ultralight-ev1');
    await writeContent(connection, content as CardContent, guest, [KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: guest, key: 0 });
  });

  test('holds any content, and takes any other over it', async () => {
    await fc.assert(
      fc.asyncProperty(image, image, async (first, second) => {
        const { encoder, card } = freshCard(chip);
        const connection = await encoder.connect();
        const [one, two] = [contentOf('keyed', first), contentOf('keyed', second)];
        await writeContent(connection, BLANK, one, [KEY]);
        expect(await readContent(connection, [KEY])).toEqual({ content: one, key: 0 });
        await writeContent(connection, one, two, [KEY]);
        expect(await readContent(connection, [KEY])).toEqual({ content: two, key: 0 });
        expect(contentOnCard(card, [KEY])).toBe(two);
      }),
      { numRuns: 30 },
    );
  });

  test('is unreadable without its key, and is not written', async () => {
    const { encoder, card } = lying(preparedCard(SERIAL, chip, guest, KEY));
    const before = card.memory.slice();
    const connection = await encoder.connect();
    expect(await readContent(connection, [OTHER_KEY])).toEqual({ content: 'unreadable', key: null });
    expect(await readContent(connection, [])).toEqual({ content: 'unreadable', key: null });
    expect(await codeOf(writeContent(connection, guest, BLANK, [OTHER_KEY]))).toBe('authentication-failed');
    expect(await codeOf(writeContent(connection, BLANK, guest, [KEY]))).toBe('authentication-failed');
    expect(card.memory).toEqual(before);
    expect(await readContent(connection, [OTHER_KEY, KEY])).toEqual({ content: guest, key: 1 });
  });

  test('that opens with the previous key is written under the first', async () => {
    const { encoder } = lying(preparedCard(SERIAL, chip, guest, OLD_KEY));
    const connection = await encoder.connect();
    expect(await readContent(connection, [KEY, OLD_KEY])).toEqual({ content: guest, key: 1 });
    const next = keyedContent(100);
    await writeContent(connection, guest, next, [KEY, OLD_KEY]);
    expect(await readContent(connection, [KEY])).toEqual({ content: next, key: 0 });
    expect(await readContent(connection, [OLD_KEY])).toEqual({ content: 'unreadable', key: null });
  });

  test('needs a key for a keyed content', async () => {
    const { encoder } = freshCard(chip);
    const connection = await encoder.connect();
    await expect(writeContent(connection, BLANK, guest, [])).rejects.toThrow(RangeError);
    await expect(writeContent(connection, guest, BLANK, [])).rejects.toThrow(RangeError);
  });

  test.each(['04', '4567', '04A1B2C3', '00112233445566778899AABBCCDDEEFF'])(
    'takes a serial like %s',
    async (serial) => {
      const { encoder } = freshCard(chip, serial as Serial);
      const connection = await encoder.connect();
      expect(connection.serial).toBe(serial);
      await writeContent(connection, BLANK, guest, [KEY]);
      expect((await readContent(connection, [KEY])).content).toBe(guest);
    },
  );

  test('never reads as something else for a single disturbed exchange', async () => {
    for (const start of [BLANK, guest]) {
      for (let at = 1; at <= 20; at += 1) {
        const { encoder } = lying(preparedCard(SERIAL, chip, start, KEY));
        const connection = await encoder.connect();
        encoder.fail('read-failed', at);
        const found = await readContent(connection, [KEY]).catch((error: unknown) => error);
        if (!isCardError(found, 'read-failed')) expect(found).toMatchObject({ content: start });
      }
    }
  });

  test('that leaves while it is read is gone, not unreadable', async () => {
    const { encoder } = lying(preparedCard(SERIAL, chip, guest, KEY));
    const connection = await encoder.connect();
    const read = readContent(connection, [OTHER_KEY]);
    encoder.remove();
    expect(await codeOf(read)).toBe('card-gone');
  });

  test('that leaves while it is written keeps what was written so far', async () => {
    const { encoder, card } = lying(preparedCard(SERIAL, chip, BLANK));
    const connection = await encoder.connect();
    const written = writeContent(connection, BLANK, guest, [KEY]);
    while (contentOnCard(card) === BLANK) await Promise.resolve();
    encoder.remove();
    expect(await codeOf(written)).toBe('card-gone');
    const torn = contentOnCard(card);
    expect(torn).toMatch(/^factory:/);
    encoder.place(SERIAL);
    expect(connection.isAlive()).toBe(false);
    expect(await codeOf(readContent(connection, [KEY]))).toBe('card-gone');
    expect((await readContent(await encoder.connect(), [KEY])).content).toBe(torn);
  });

  test.each(['reader-hung', 'write-failed'] as const)('is reported as %s when that happens', async (code) => {
    const { encoder } = freshCard(chip);
    const connection = await encoder.connect();
    await connection.reselect();
    encoder.fail(code);
    expect(await codeOf(writeContent(connection, BLANK, guest, [KEY]))).toBe(code);
    expect(connection.isAlive()).toBe(code !== 'reader-hung');
  });
});

test.each(CHIPS)(
  'a %s that holds a content behind factory keys, as a torn issue leaves it, can be erased',
  async (chip) => {
    const torn = contentOf('factory', imageOf(guest));
    const { encoder } = lying(preparedCard(SERIAL, chip, torn));
    const connection = await encoder.connect();
    expect((await readContent(connection, [KEY])).content).toBe(torn);
    await writeContent(connection, torn, BLANK, [KEY]);
    expect((await readContent(connection, [KEY])).content).toBe(BLANK);
  },
);

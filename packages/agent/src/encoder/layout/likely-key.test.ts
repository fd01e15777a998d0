import { BLANK } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { CardConnection } from '../encoder.ts';
import { contentOnCard } from '../simulated/card-inspection.ts';
import { preparedCard } from '../simulated/prepared-card.ts';
import { CHIPS, KEY, keyedContent, lying, OLD_KEY, SERIAL } from '../testing/one-card.ts';
import { readContent, writeContent } from './content-layout.ts';

/** The connection, and how often the card has said no to anything on it. */
function counted(connection: CardConnection): { readonly connection: CardConnection; refused(): number } {
  let refused = 0;
  const count = <T>(call: Promise<T>) =>
    call.catch((error: unknown) => {
      refused += 1;
      throw error;
    });
  const counting: CardConnection =
    connection.chip === 'classic-1k'
      ? { ...connection, authenticate: (...args) => count(connection.authenticate(...args)) }
      : {
          ...connection,
          passwordAuthenticate: (password) => count(connection.passwordAuthenticate(password)),
          readPages: (first) => count(connection.readPages(first)),
        };
  return { connection: counting, refused: () => refused };
}

describe.each(CHIPS)('a %s', (chip) => {
  test('is opened with the likely key before any other is tried', async () => {
    for (const [card, likely] of [
      [preparedCard(SERIAL, chip, keyedContent(), OLD_KEY), OLD_KEY],
      [preparedCard(SERIAL, chip, BLANK), 'factory'],
    ] as const) {
      const { connection, refused } = counted(await lying(card).encoder.connect());
      const { content } = await readContent(connection, [KEY, OLD_KEY], likely);
      expect(content).toBe(contentOnCard(card, [OLD_KEY]));
      expect(refused()).toBe(0);
    }
  });

  test('is written with the key that opened it, and locked with the first', async () => {
    const card = preparedCard(SERIAL, chip, keyedContent(), OLD_KEY);
    const { connection, refused } = counted(await lying(card).encoder.connect());
    await writeContent(connection, keyedContent(), keyedContent(9), [KEY, OLD_KEY], OLD_KEY);
    expect(refused()).toBe(0);
    expect(await readContent(connection, [KEY])).toEqual({ content: keyedContent(9), key: 0 });
  });

  test('that does not open with the likely key opens with the others', async () => {
    const { encoder } = lying(preparedCard(SERIAL, chip, keyedContent(), OLD_KEY));
    const connection = await encoder.connect();
    for (const likely of [KEY, 'factory', null] as const)
      expect(await readContent(connection, [KEY, OLD_KEY], likely)).toEqual({ content: keyedContent(), key: 1 });
  });
});

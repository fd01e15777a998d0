import type { CardContent, Serial } from '@keyrack/protocol';
import { BLANK } from '@keyrack/protocol';
import { afterEach, describe, expect, test } from 'vitest';
import { type CardConnection, isCardError, readContent, writeContent } from '../encoder/index.ts';
import { PCSC_LIMITS } from '../encoder/pcsc/pcsc-limits.ts';
import { type ModelWorld, openModelWorld } from '../encoder/pcsc/testing/model-world.ts';
import { ACR122U, BY_THE_BOOK } from '../encoder/pcsc/testing/reader-models.ts';
import { factoryCard } from '../encoder/simulated/card-memory.ts';
import { preparedCard } from '../encoder/simulated/prepared-card.ts';
import { codeOf, KEY, keyedContent, OLD_KEY, OTHER_KEY, SERIAL } from '../encoder/testing/one-card.ts';
import { DESK_LIMITS } from './desk-limits.ts';
import { connectTimed } from './timed-connection.ts';

/** The slowest reader that was ever reported to work: so long for each call. Milliseconds. */
const SLOW_MS = 750;
/** Calls of PC/SC that a wrong key of a Classic takes at most: twice load, authenticate, UID, reset, UID. */
const CALLS_OF_A_WRONG_KEY = 10;

test('the limits of the driver and of the desk fit into each other', () => {
  expect(CALLS_OF_A_WRONG_KEY * SLOW_MS).toBeLessThan(PCSC_LIMITS.commandMs);
  expect(PCSC_LIMITS.callMs).toBeLessThan(PCSC_LIMITS.commandMs);
  // The driver's own end comes first: it knows the reader, and whether it hangs.
  expect(PCSC_LIMITS.commandMs + 500).toBeLessThanOrEqual(DESK_LIMITS.cardCommandMs);
  // A service that is tried again within this takes no encoder off the list.
  expect(PCSC_LIMITS.serviceAgain.mostMs).toBeLessThan(PCSC_LIMITS.awayMs);
  expect(PCSC_LIMITS.keyTries).toBeLessThanOrEqual(PCSC_LIMITS.tries);
  expect(PCSC_LIMITS.lookAgain.firstMs).toBeLessThan(DESK_LIMITS.retryMs);
});

let world: ModelWorld;
afterEach(() => world?.close());

/** The card, opened as the desk opens it; `hung` tells of commands that took too long for the desk. */
async function openAtDesk(): Promise<{ connection: CardConnection; hung: () => number }> {
  let hung = 0;
  const connection = await world.run(connectTimed(world.encoder, world.clock, () => (hung += 1)));
  return { connection, hung: () => hung };
}

async function lay(card: Parameters<ModelWorld['reader']['place']>[0]): Promise<void> {
  world.reader.place(card);
  await world.clock.advance(20_000);
  expect(world.encoder.card()?.serial).toBe(card.serial);
}

describe.each([
  ['tells refusals', BY_THE_BOOK],
  ['says "failed" to everything', ACR122U],
])('on a slow reader that %s', (_how, model) => {
  test.each(['classic-1k', 'ntag-213'] as const)(
    'a %s is read, issued and erased, and never called hung',
    async (chip) => {
      world = await openModelWorld(model);
      world.reader.slow(SLOW_MS);
      await lay(factoryCard(SERIAL, chip));
      const { connection, hung } = await openAtDesk();
      const fresh = await world.run(readContent(connection, [KEY, OLD_KEY]));
      await world.run(writeContent(connection, fresh.content as CardContent, keyedContent(), [KEY, OLD_KEY]));
      expect(await world.run(readContent(connection, [OLD_KEY, KEY]))).toEqual({ content: keyedContent(), key: 1 });
      await world.run(writeContent(connection, keyedContent(), BLANK, [KEY]));
      await world.run(connection.close());
      expect(hung()).toBe(0);
    },
  );

  test.each(['classic-1k', 'ntag-213'] as const)(
    "another system's %s is unreadable, and no reader hangs",
    async (chip) => {
      world = await openModelWorld(model);
      world.reader.slow(SLOW_MS);
      await lay(preparedCard(SERIAL as Serial, chip, keyedContent(), OTHER_KEY));
      const { connection, hung } = await openAtDesk();
      expect((await world.run(readContent(connection, [KEY, OLD_KEY]))).content).toBe('unreadable');
      await world.run(connection.close());
      expect(hung()).toBe(0);
    },
  );
});

test.each([900, 1_200, 1_700, 2_400, 2_900])(
  'whatever a call takes, at %i ms too, the driver ends a command before the desk does',
  async (ms) => {
    world = await openModelWorld(ACR122U);
    await lay(preparedCard(SERIAL, 'classic-1k', keyedContent(), OTHER_KEY));
    const { connection, hung } = await openAtDesk();
    world.reader.slow(ms);
    if (connection.chip !== 'classic-1k') throw new Error(`it is a ${connection.chip}`);
    const began = world.clock.monotonic();
    const code = await world.run(codeOf(connection.authenticate(7, 'A', new Uint8Array(6))));
    expect(world.clock.monotonic() - began).toBeLessThanOrEqual(PCSC_LIMITS.commandMs + 10);
    expect(['authentication-failed', 'reader-hung']).toContain(code);
    // Only what the driver itself has ended counts as hung.
    expect(hung()).toBe(0);
  },
);

test('a wrong key is asked twice, with one reset between', async () => {
  world = await openModelWorld(ACR122U);
  await lay(preparedCard(SERIAL, 'classic-1k', keyedContent(), OTHER_KEY));
  const { connection } = await openAtDesk();
  const before = world.reader.calls().length;
  const found = await world.run(readContent(connection, [KEY, OLD_KEY]).catch((error: unknown) => isCardError(error)));
  expect(found).toMatchObject({ content: 'unreadable' });
  const calls = world.reader.calls().slice(before);
  const count = (begins: string) => calls.filter((call) => call.startsWith(begins)).length;
  // Three keys: two of ours and the factory's.
  expect(count('ff86')).toBe(3 * 2);
  expect(count('reset')).toBeLessThanOrEqual(3 * 2 + 1);
});

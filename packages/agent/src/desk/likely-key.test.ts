import type { CardKey } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { NO_TIME } from '../encoder/index.ts';
import { OTHER_KEY } from '../encoder/testing/one-card.ts';
import { createDeskWorld, ISSUED, KEY, SERIAL } from '../testing/desk-world.ts';

/** Each key that is tried takes so long. Milliseconds. */
const AUTHENTICATE_MS = 500;

test.each([
  ['the likely one comes first, and no other is tried', 1 as const, 1],
  ['nobody knows, they are tried in the order given', undefined, 2],
  ['the likely one is wrong, the others are tried all the same', 0 as const, 2],
])('of two keys: where %s', async (_what, likely, tries) => {
  const world = await createDeskWorld({ timing: { ...NO_TIME, authenticateMs: AUTHENTICATE_MS } });
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.prompt();
  const { nonce } = await world.server.take('open');
  const keys = [OTHER_KEY, KEY as CardKey];
  world.server.send({ type: 'keys', nonce, keys, ...(likely !== undefined && { likely }) });
  await world.clock.advance(AUTHENTICATE_MS * tries - 1);
  expect(world.server.untaken()).not.toContain('present');
  await world.clock.advance(1);
  expect(await world.server.take('present')).toMatchObject({ content: ISSUED });
});

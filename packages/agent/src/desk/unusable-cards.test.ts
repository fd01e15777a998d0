import { unusableReason } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { createDeskWorld, MAC, OPERATION, SERIAL } from '../testing/desk-world.ts';
import { DESK_LIMITS } from './desk-limits.ts';

/** Why what lies on an encoder can't be used reaches the server and the page, and what may pass is tried again. */

test.each(unusableReason.options)(
  '%s is told to the server for what is asked, and shown, until it is over',
  async (reason) => {
    const world = await createDeskWorld();
    await world.server.welcome();
    world.encoder.makeUnusable(reason);
    expect(world.desk().state().encoders[0]).toMatchObject({ card: null, unusable: reason });
    world.prompt();
    expect(await world.server.take('unusable')).toMatchObject({ operation: OPERATION, encoder: MAC, reason });
    world.encoder.makeUnusable(null);
    expect(await world.server.take('unusable')).toMatchObject({ operation: OPERATION, reason: null });
    expect(world.desk().state().encoders[0]).toMatchObject({ unusable: null });
  },
);

test.each([
  ['reader-busy', 'encoder-in-use'],
  ['reader-gone', 'encoder-offline'],
  ['reader-unfit', 'encoder-unfit'],
  ['reader-hung', 'encoder-hung'],
  ['card-gone', 'card-not-answering'],
  ['read-failed', 'card-not-answering'],
] as const)('a card whose opening fails with %s is told as %s, and tried again by itself', async (code, reason) => {
  const world = await createDeskWorld();
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.encoder.fail(code);
  world.prompt();
  expect(await world.server.take('unusable')).toMatchObject({ operation: OPERATION, reason });
  expect(world.desk().state().encoders[0]).toMatchObject({ unusable: reason });
  await world.clock.advance(DESK_LIMITS.retryMs);
  const { nonce } = await world.presented();
  world.server.send({ type: 'refuse', nonce, until: 'card-changes', cause: 'other-card', message: 'Another card.' });
  expect(await world.server.take('unusable'), 'it could be read after all').toMatchObject({ reason: null });
  expect(world.desk().state().encoders[0]).toMatchObject({ unusable: null });
});

test('an encoder that hung is not told as hanging once it answers again, though no card came since', async () => {
  const world = await createDeskWorld();
  await world.server.welcome();
  world.encoder.place(SERIAL);
  world.encoder.fail('reader-hung');
  world.prompt();
  await world.server.take('unusable');
  world.encoder.makeUnusable('encoder-hung');
  expect(world.desk().state()).toMatchObject({ attention: [{ cause: 'encoder-hung' }] });
  world.encoder.makeUnusable(null);
  expect(world.desk().state()).toMatchObject({ attention: [], encoders: [{ unusable: null }] });
  expect(await world.server.take('unusable')).toMatchObject({ reason: null });
});

test('what is told once is not told again, until another operation or another reason comes', async () => {
  const world = await createDeskWorld();
  await world.server.welcome();
  world.encoder.makeUnusable('encoder-in-use');
  world.prompt();
  await world.server.take('unusable');
  world.prompt();
  await world.clock.advance(5_000);
  expect(world.server.untaken()).not.toContain('unusable');
  world.encoder.makeUnusable('encoder-hung');
  expect(await world.server.take('unusable')).toMatchObject({ reason: 'encoder-hung' });
});

test.each([1, 2])('a server of version %i is told nothing of it', async (protocol) => {
  const world = await createDeskWorld({ protocol });
  await world.server.welcome();
  world.encoder.makeUnusable('not-a-room-card');
  world.prompt();
  await world.clock.advance(5_000);
  expect(world.server.untaken()).not.toContain('unusable');
});

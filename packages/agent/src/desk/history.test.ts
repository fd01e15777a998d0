import type { OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { createDeskWorld, type DeskWorld, OPERATION, OTHER_SERIAL, SERIAL } from '../testing/desk-world.ts';

const state = (world: DeskWorld) => world.desk().state();

async function welcomed(): Promise<DeskWorld> {
  const world = await createDeskWorld();
  await world.server.welcome();
  return world;
}

/** A cancel whose card is snatched away in the middle of the write. */
async function tornCancel(): Promise<DeskWorld> {
  const world = await welcomed();
  world.encoder.place(SERIAL);
  world.card().tear = { writes: 1, mode: 'first-half' };
  world.prompt();
  world.grant(await world.presented());
  await world.server.take('report');
  return world;
}

test('what was written to cards is still told after a restart, without the room', async () => {
  const world = await welcomed();
  world.encoder.place(SERIAL);
  world.prompt();
  world.grant(await world.presented());
  await world.server.take('report');
  expect(state(world).recent).toMatchObject([{ outcome: 'succeeded', serial: SERIAL, room: '101' }]);
  await world.restart();
  expect(state(world).recent).toMatchObject([
    { operation: OPERATION, kind: 'cancel', serial: SERIAL, outcome: 'succeeded', room: null, encoder: null },
  ]);
});

test('an operation that was refused is forgotten by a restart', async () => {
  const world = await welcomed();
  world.encoder.place(SERIAL);
  world.prompt();
  const { nonce } = await world.server.take('open');
  world.server.send({ type: 'refuse', nonce, until: 'card-changes', cause: 'other-card', message: 'Another card.' });
  await world.clock.idle();
  expect(state(world).recent).toMatchObject([{ outcome: 'refused', cause: 'other-card', message: 'Another card.' }]);
  await world.restart();
  expect(state(world).recent).toEqual([]);
});

test('a write that a restart cut off is told as unknown, and its card is to be checked', async () => {
  const world = await welcomed();
  world.encoder.place(SERIAL);
  world.prompt();
  const present = await world.presented();
  world.disk.syncMs = 100;
  world.grant(present);
  // The write is journaled and its result isn't.
  await world.clock.advance(150);
  world.disk.syncMs = 0;
  await world.restart();
  expect(state(world).recent).toMatchObject([{ operation: OPERATION, outcome: 'unknown', cause: 'agent-restarted' }]);
  expect(state(world).toCheck).toMatchObject([{ operation: OPERATION, serial: SERIAL, outcome: 'unknown' }]);
});

test('a card that left in the middle of a write is to be checked until it was read, restart or not', async () => {
  const world = await tornCancel();
  expect(state(world).toCheck).toMatchObject([{ serial: SERIAL, outcome: 'unknown' }]);
  await world.restart();
  await world.server.welcome();
  world.server.send({ type: 'settle', serials: [SERIAL] });
  await world.clock.idle();
  expect(state(world).toCheck).toMatchObject([{ serial: SERIAL, outcome: 'unknown' }]);
  world.encoder.place(SERIAL);
  const { nonce } = await world.server.take('open');
  world.server.send({ type: 'keys', nonce, keys: ['00112233445566778899aabbccddeeff' as never] });
  await world.server.take('reading');
  world.server.send({ type: 'recorded', nonce });
  await world.clock.idle();
  expect(state(world).toCheck).toEqual([]);
});

test('a card that was settled at another desk is no longer to be checked here', async () => {
  const world = await tornCancel();
  world.server.send({ type: 'settle', serials: [OTHER_SERIAL] });
  await world.clock.idle();
  expect(state(world).toCheck).toEqual([]);
});

test('a list that the server made before it knew of the card does not count as settled', async () => {
  const world = await welcomed();
  world.server.acknowledging = false;
  world.encoder.place(SERIAL);
  world.card().tear = { writes: 1, mode: 'first-half' };
  world.prompt();
  world.grant(await world.presented());
  await world.server.take('report');
  world.server.send({ type: 'settle', serials: [] });
  await world.clock.idle();
  expect(state(world).toCheck).toHaveLength(1);
});

test('the last twenty operations are told, each once', async () => {
  const world = await welcomed();
  for (let at = 1; at <= 25; at += 1) {
    const operation = `${OPERATION.slice(0, 34)}${String(at).padStart(2, '0')}` as OperationId;
    world.prompt({ operation, room: String(at) });
    world.prompt({ operation, room: String(at) });
    await world.clock.idle();
    world.server.send({ type: 'withdraw', operation, cause: 'no-card', message: 'Too late.' });
    await world.clock.idle();
  }
  const { recent } = state(world);
  expect(recent.map(({ room }) => room)).toEqual(Array.from({ length: 20 }, (_, at) => String(25 - at)));
  expect(recent[0]).toMatchObject({ outcome: 'withdrawn', cause: 'no-card' });
});

test('after signing out nothing is said, and when the server ends a sign-in, why', async () => {
  const world = await createDeskWorld();
  await world.server.welcome('Front Desk');
  const { desk, server, clock } = world;
  expect(desk().state().signInEnded).toBe(null);
  server.send({ type: 'signed-in', request: null, member: null, cause: 'idle', message: 'Nobody was there.' });
  await clock.idle();
  expect(desk().state().signInEnded).toEqual({
    cause: 'idle',
    message: 'Nobody was there.',
    at: clock.now(),
  });
  const signingOut = desk().signOut();
  const { request } = await server.take('sign-out');
  server.send({ type: 'signed-in', request, member: null, message: null });
  await signingOut;
  expect(desk().state()).toMatchObject({ signedIn: null, signInEnded: null });
});

test('the wait for the next attempt to connect runs down', async () => {
  const world = await createDeskWorld();
  world.server.reachable = false;
  await world.server.welcome();
  world.server.cut();
  // Attempts fail until the waits have grown to something worth telling.
  for (let tries = 0; tries < 40; tries += 1) {
    await world.clock.advance(500);
    const { connection } = state(world);
    if (connection.status !== 'waiting' || connection.retryMs < 1_500) continue;
    const before = connection.retryMs;
    await world.clock.advance(1_000);
    expect(state(world).connection).toMatchObject({ status: 'waiting', retryMs: before - 1_000 });
    return;
  }
  throw new Error('no wait grew long enough');
});

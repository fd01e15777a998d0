import { BLANK, type Serial } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import {
  createDeskWorld,
  type DeskWorld,
  MAC,
  OPERATION,
  OTHER_OPERATION,
  OTHER_SERIAL,
  SERIAL,
} from '../testing/desk-world.ts';

async function ready(): Promise<DeskWorld> {
  const world = await createDeskWorld();
  await world.server.welcome();
  return world;
}

async function refuse(world: DeskWorld, until: 'card-changes' | 'next-prompt'): Promise<void> {
  const { nonce } = await world.server.take('open');
  world.server.send({ type: 'refuse', nonce, until, cause: 'other-card', message: 'Another card lies there.' });
  await world.clock.idle();
}

const settle = (world: DeskWorld, ...serials: Serial[]) => world.server.send({ type: 'settle', serials });

test('a prompt without a card waits for one', async () => {
  const world = await ready();
  world.prompt();
  await world.clock.advance(10_000);
  expect(world.server.untaken()).toEqual([]);
  expect(world.desk().state().encoders[0]).toMatchObject({
    prompt: { operation: OPERATION, room: '101', remainingMs: 50_000 },
  });
  world.encoder.place(SERIAL);
  expect(await world.server.take('open')).toMatchObject({
    operation: OPERATION,
    encoder: MAC,
    serial: SERIAL,
    chip: 'classic-1k',
  });
});

test('a prompt whose time is over opens no card', async () => {
  const world = await ready();
  world.prompt();
  await world.clock.advance(60_000);
  world.encoder.place(SERIAL);
  await world.clock.idle();
  expect(world.server.untaken()).toEqual([]);
  expect(world.desk().state().encoders[0]?.prompt).toBe(null);
});

test('without a prompt no card is opened', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  await world.clock.advance(30_000);
  expect(world.server.untaken()).toEqual([]);
});

test('a refused card is not asked for again until another presence, even if it is prompted again', async () => {
  const world = await ready();
  world.encoder.place(OTHER_SERIAL);
  world.prompt();
  await refuse(world, 'card-changes');
  expect(world.desk().state().recent[0]).toMatchObject({ outcome: 'refused', message: 'Another card lies there.' });
  world.prompt();
  await world.clock.advance(5_000);
  expect(world.server.untaken()).toEqual([]);
  world.encoder.place(SERIAL);
  expect((await world.server.take('open')).serial).toBe(SERIAL);
});

test('a card that was refused for one operation is opened for another', async () => {
  const world = await ready();
  world.encoder.place(OTHER_SERIAL);
  world.prompt();
  await refuse(world, 'card-changes');
  world.prompt({ operation: OTHER_OPERATION });
  expect((await world.server.take('open')).operation).toBe(OTHER_OPERATION);
});

test('after "not now" the card is opened at the next prompt', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  world.prompt();
  await refuse(world, 'next-prompt');
  world.encoder.place(SERIAL);
  await world.clock.advance(5_000);
  expect(world.server.untaken()).toEqual([]);
  world.prompt();
  await world.server.take('open');
});

test('a prompt that came while "not now" was on its way counts as the next one', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  world.prompt();
  await world.clock.idle();
  world.prompt();
  await refuse(world, 'next-prompt');
  await world.server.take('open');
});

test('a server that does not answer is asked again with another nonce', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  world.prompt();
  const first = await world.server.take('open');
  await world.clock.advance(11_000);
  const second = await world.server.take('open');
  expect(second.nonce).not.toBe(first.nonce);
  // The keys for the first come to nothing.
  world.server.send({ type: 'recorded', nonce: first.nonce });
  await world.clock.idle();
  expect(world.server.untaken()).toEqual([]);
});

test('a card error lets the card go and tries again after a moment', async () => {
  const world = await ready();
  world.encoder.fail('reader-hung');
  world.encoder.place(SERIAL);
  world.prompt();
  await world.clock.idle();
  expect(world.server.untaken()).toEqual(['unusable']);
  expect(world.desk().state().attention[0]).toMatchObject({
    cause: 'encoder-hung',
    message: expect.stringContaining('does not answer'),
  });
  await world.clock.advance(1_000);
  await world.server.take('open');
});

test('a card that is to be settled is read and told when no prompt applies to it', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  settle(world, SERIAL, OTHER_SERIAL);
  const { nonce, operation } = await world.server.take('open');
  expect(operation).toBe(null);
  world.server.send({ type: 'keys', nonce, keys: ['00112233445566778899aabbccddeeff' as never] });
  expect(await world.server.take('reading')).toMatchObject({ nonce, serial: SERIAL, content: world.content() });
  world.server.send({ type: 'recorded', nonce });
  await world.clock.advance(30_000);
  expect(world.server.untaken()).toEqual([]);
  world.encoder.place(OTHER_SERIAL);
  expect((await world.server.take('open')).serial).toBe(OTHER_SERIAL);
});

test('a prompt comes before settling, and settling after the prompt is refused', async () => {
  const world = await ready();
  world.prompt({ serial: OTHER_SERIAL });
  settle(world, SERIAL);
  await world.clock.idle();
  world.encoder.place(SERIAL);
  expect((await world.server.take('open')).operation).toBe(OPERATION);
  await world.clock.advance(11_000);
  await refuse(world, 'card-changes');
  expect((await world.server.take('open')).operation).toBe(null);
});

test('a reading that is refused is asked for again with the next list', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  settle(world, SERIAL);
  await refuse(world, 'card-changes');
  await world.clock.advance(5_000);
  expect(world.server.untaken()).toEqual([]);
  settle(world, SERIAL);
  expect((await world.server.take('open')).operation).toBe(null);
});

test('a card of another serial than those to settle is left alone', async () => {
  const world = await ready();
  world.encoder.place(OTHER_SERIAL);
  settle(world, SERIAL);
  await world.clock.advance(5_000);
  expect(world.server.untaken()).toEqual([]);
});

test('an operation carried out between two readings does not mix with them', async () => {
  const world = await ready();
  world.encoder.place(SERIAL);
  world.prompt();
  world.grant(await world.presented());
  await world.server.take('report');
  settle(world, SERIAL);
  const { nonce } = await world.server.take('open');
  world.server.send({ type: 'keys', nonce, keys: ['00112233445566778899aabbccddeeff' as never] });
  expect((await world.server.take('reading')).content).toBe(BLANK);
});

test('an encoder that is plugged in later settles what was to be settled before', async () => {
  const world = await ready();
  await world.desk().setEncoders([]);
  settle(world, SERIAL);
  await world.clock.idle();
  world.encoder.place(SERIAL);
  await world.desk().setEncoders([{ encoder: world.encoder, forSignedIn: true }]);
  expect(await world.server.take('open')).toMatchObject({ operation: null, serial: SERIAL });
});

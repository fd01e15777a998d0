import { expect, test } from 'vitest';
import { createDeskWorld, MAC, SERIAL } from '../testing/desk-world.ts';

/** An encoder that another front desk has too, by the same MAC. */

const DISPUTED = { type: 'disputes' as const, disputes: [{ encoder: MAC, others: ['Lobby'] }] };

test('is shown with the other desk’s name, logged once, and what was asked for there is forgotten', async () => {
  const { desk, server, clock, prompt, log } = await createDeskWorld();
  await server.welcome();
  prompt();
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ prompt: expect.anything(), disputedWith: [] }]);
  server.send(DISPUTED);
  server.send(DISPUTED);
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ prompt: null, disputedWith: ['Lobby'] }]);
  expect(log.filter((line) => line.includes('another front desk has this encoder too'))).toHaveLength(1);
});

test('asks for no card that is laid there', async () => {
  const { server, clock, prompt, encoder } = await createDeskWorld();
  await server.welcome();
  prompt();
  server.send(DISPUTED);
  await clock.idle();
  encoder.place(SERIAL);
  await clock.advance(5_000);
  expect(server.untaken()).not.toContain('open');
});

test('is as before when the other desk has it no longer', async () => {
  const { desk, server, clock, prompt } = await createDeskWorld();
  await server.welcome();
  server.send(DISPUTED);
  server.send({ type: 'disputes', disputes: [] });
  prompt();
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ prompt: expect.anything(), disputedWith: [] }]);
});

test('is not told of while the server is away, which alone knows', async () => {
  const { desk, server, clock } = await createDeskWorld();
  await server.welcome();
  server.send(DISPUTED);
  await clock.idle();
  server.cut();
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ disputedWith: [] }]);
});

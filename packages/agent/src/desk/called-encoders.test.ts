import { expect, test } from 'vitest';
import { createDeskWorld, MAC } from '../testing/desk-world.ts';

/** An encoder that people called otherwise at the server, or for which they chose otherwise what it serves. */

const CALLED = { type: 'called' as const, encoders: [{ encoder: MAC, name: 'Left of the lift', forSignedIn: false }] };

test('is shown as it is called there, also while the server is away', async () => {
  const { desk, server, clock } = await createDeskWorld();
  await server.welcome();
  const [own] = desk().state().encoders;
  expect(own).toMatchObject({ mac: MAC, forSignedIn: true });
  server.send(CALLED);
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ mac: MAC, name: 'Left of the lift', forSignedIn: false }]);
  server.cut();
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ name: 'Left of the lift', forSignedIn: false }]);
});

test('is shown as the desk calls it once nobody calls it otherwise, and on a connection where nothing is told', async () => {
  const { desk, server, clock } = await createDeskWorld();
  await server.welcome();
  const [own] = desk().state().encoders;
  server.send(CALLED);
  server.send({ type: 'called', encoders: [] });
  await clock.idle();
  expect(desk().state().encoders).toMatchObject([{ name: own?.name, forSignedIn: true }]);
  server.send(CALLED);
  await clock.idle();
  server.cut();
  await clock.advance(30_000);
  await server.welcome();
  expect(desk().state().encoders).toMatchObject([{ name: own?.name, forSignedIn: true }]);
});

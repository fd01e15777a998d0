import { expect, test } from 'vitest';
import { createDeskWorld } from '../testing/desk-world.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { startSignIns } from './sign-in.ts';

const CREDENTIALS = { areaCode: '86', mobile: '10000000000', email: '', passwordMd5: 'b'.repeat(32) };

test('a member signs in and out, and the state tells who it is', async () => {
  const { desk, server, clock } = await createDeskWorld();
  await server.welcome();
  const signingIn = desk().signIn(CREDENTIALS);
  const { request, password } = await server.take('sign-in');
  expect(password).toBe(CREDENTIALS.passwordMd5);
  server.send({ type: 'signed-in', request, member: { name: 'Front Desk' }, message: null });
  expect(await signingIn).toEqual({ ok: true, member: 'Front Desk' });
  expect(desk().state().signedIn).toBe('Front Desk');
  const refused = desk().signIn(CREDENTIALS);
  const { request: second } = await server.take('sign-in');
  server.send({ type: 'signed-in', request: second, member: null, cause: 'wrong', message: 'Wrong.' });
  expect(await refused).toEqual({ ok: false, cause: 'wrong', message: 'Wrong.' });
  expect(desk().state().signedIn).toBe('Front Desk');
  const signingOut = desk().signOut();
  server.send({ type: 'signed-in', request: (await server.take('sign-out')).request, member: null, message: null });
  expect(await signingOut).toEqual({ ok: true, member: null });
  expect(desk().state().signedIn).toBe(null);
  await clock.idle();
});

test('the welcome says who is signed in, and the server may end it', async () => {
  const { desk, server, clock } = await createDeskWorld();
  await server.welcome('Front Desk');
  expect(desk().state().signedIn).toBe('Front Desk');
  server.send({ type: 'signed-in', request: null, member: null, message: 'The sign-in ended.' });
  await clock.idle();
  expect(desk().state().signedIn).toBe(null);
});

test('without an answer, or without a connection, the caller hears of it', async () => {
  const { desk, server, clock } = await createDeskWorld();
  expect(await desk().signIn(CREDENTIALS)).toMatchObject({ ok: false });
  await server.welcome();
  const unanswered = desk().signIn(CREDENTIALS);
  await clock.advance(15_000);
  expect(await unanswered).toMatchObject({ ok: false });
  const cut = desk().signIn(CREDENTIALS);
  server.cut();
  expect(await cut).toMatchObject({ ok: false, message: expect.stringContaining('lost') });
});

test('activity is told at most every ten seconds', async () => {
  const { desk, server, clock } = await createDeskWorld();
  desk().activity();
  await server.welcome();
  for (let i = 0; i < 20; i += 1) {
    desk().activity();
    await clock.advance(1_000);
  }
  expect(server.heard().filter(({ type }) => type === 'activity')).toHaveLength(2);
});

test("an answer to another question is nobody's", async () => {
  const clock = createVirtualClock();
  const signIns = startSignIns(clock, () => true);
  const asked = signIns.signOut();
  signIns.answer({ type: 'signed-in', request: 99, member: null, message: null });
  signIns.answer({ type: 'signed-in', request: 1, member: null, message: null });
  expect(await asked).toEqual({ ok: true, member: null });
});

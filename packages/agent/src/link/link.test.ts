import { AGENT_PROTOCOL, OLDEST_AGENT_PROTOCOL } from '@keyrack/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDeskWorld } from '../testing/desk-world.ts';
import { backoffMs, LINK_LIMITS } from './link-limits.ts';
import { readMessage } from './read-message.ts';

const status = (world: Awaited<ReturnType<typeof createDeskWorld>>) => world.desk().state().connection;

describe('the waits between attempts', () => {
  const MINUTES = 60_000;
  const most = (outageMs: number) => (attempt: number) => backoffMs(attempt, outageMs, 0.999999);

  test('grow from half a second to eight, and are anywhere below', () => {
    const attempts = [0, 1, 2, 3, 4, 5, 5_000];
    expect(attempts.map(most(0))).toEqual([499, 999, 1_999, 3_999, 7_999, 7_999, 7_999]);
    expect(attempts.map(most(10 * MINUTES - 1))).toEqual(attempts.map(most(0)));
    expect(backoffMs(9, 0, 0)).toBe(0);
  });

  test('grow on to thirty seconds once an outage lasts for ten minutes', () => {
    expect([4, 5, 6, 7, 5_000].map(most(10 * MINUTES))).toEqual([7_999, 15_999, 29_999, 29_999, 29_999]);
  });

  test('are spread evenly, so that ten thousand agents come one after the other', () => {
    const waits = Array.from({ length: 10_000 }, (_, n) => backoffMs(6, 5 * MINUTES, n / 10_000));
    const inSecond = (second: number) => waits.filter((ms) => Math.floor(ms / 1_000) === second).length;
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(inSecond)).toEqual(Array(8).fill(1_250));
  });

  test('are eight seconds at most for ten minutes without a server, and never longer than half a minute', async () => {
    const world = await createDeskWorld();
    await world.server.welcome();
    await world.clock.advance(LINK_LIMITS.steadyMs);
    world.server.reachable = false;
    world.server.cut();
    const pauses = { first: 0, later: 0 };
    for (let passed = 0; passed < 60 * MINUTES; passed += 500) {
      const { connection } = world.desk().state();
      if (connection.status === 'waiting') {
        const part = passed < 10 * MINUTES ? 'first' : 'later';
        pauses[part] = Math.max(pauses[part], connection.retryMs);
      }
      await world.clock.advance(500);
    }
    expect(pauses.first).toBeGreaterThan(4_000);
    expect(pauses.first).toBeLessThan(8_000);
    expect(pauses.later).toBeGreaterThan(8_000);
    expect(pauses.later).toBeLessThan(30_000);
  });

  test('end when the server comes back', async () => {
    const world = await createDeskWorld();
    await world.server.welcome();
    world.server.reachable = false;
    world.server.cut();
    await world.clock.advance(300_000);
    expect(status(world)).toMatchObject({ status: 'waiting', why: { found: 'nobody listens there' } });
    const attempts = world.server.connections();
    expect(attempts).toBeGreaterThan(40);
    expect(attempts).toBeLessThan(150);
    world.server.reachable = true;
    await world.clock.advance(LINK_LIMITS.backoffCapMs);
    await world.server.welcome();
    expect(status(world)).toEqual({ status: 'online' });
  });

  test('begin anew after a connection that stood for a while', async () => {
    const world = await createDeskWorld();
    for (let i = 0; i < 10; i += 1) {
      await world.clock.advance(LINK_LIMITS.backoffBaseMs);
      await world.server.welcome();
      await world.clock.advance(LINK_LIMITS.steadyMs);
      world.server.cut();
      expect(status(world)).toMatchObject({ status: 'waiting' });
    }
  });
});

describe('a connection', () => {
  test('is given up when nothing was heard for 25 s, and pinged on after 10 s', async () => {
    const world = await createDeskWorld();
    world.server.pinging = false;
    await world.server.welcome();
    await world.clock.advance(24_000);
    expect(world.server.heard().filter(({ type }) => type === 'ping')).toHaveLength(2);
    expect(status(world)).toEqual({ status: 'online' });
    await world.clock.advance(1_000);
    expect(status(world)).toMatchObject({ status: 'waiting', why: { found: 'nothing was heard from the server' } });
  });

  test('stands for hours while both sides ping', async () => {
    const world = await createDeskWorld();
    await world.server.welcome();
    await world.clock.advance(2 * 3_600_000);
    expect(world.server.connections()).toBe(1);
    expect(world.clock.pending()).toBeLessThan(10);
  });

  test('that does not come to a welcome is given up', async () => {
    const world = await createDeskWorld();
    await world.server.take('hello');
    await world.clock.advance(LINK_LIMITS.handshakeMs);
    expect(world.log.join('\n')).toContain('no welcome in time');
  });

  test.each([
    ['what is not JSON', 'nonsense'],
    ['what is no message', '{"type":"nonsense"}'],
    ['a field that does not exist', '{"type":"ping","more":1}'],
    ['a message that is too long', `"${'x'.repeat(LINK_LIMITS.receiveBytes)}"`],
  ])('ends over %s', async (_, text) => {
    const world = await createDeskWorld();
    await world.server.welcome();
    world.server.sendText(text);
    await world.clock.idle();
    expect(world.server.isConnected()).toBe(false);
    expect(world.log.join('\n')).toContain('ERROR the server sent what this agent does not understand');
  });

  test('ends over a prompt that comes before the welcome, and opens no card for it', async () => {
    const world = await createDeskWorld();
    world.encoder.place(world.card().serial);
    await world.server.take('hello');
    world.prompt();
    await world.clock.idle();
    expect(world.server.isConnected()).toBe(false);
    expect(world.server.untaken()).toEqual([]);
  });

  test('goes on after acknowledgement, settling list and sign-in came before the welcome', async () => {
    const world = await createDeskWorld();
    world.encoder.place(world.card().serial);
    await world.server.take('hello');
    const position = world.journal().head();
    world.server.send({ type: 'cursor', session: 1, position });
    await world.server.take('catch-up');
    world.server.send({ type: 'acknowledge', position });
    world.server.send({ type: 'settle', serials: [world.card().serial] });
    world.server.send({ type: 'welcome', session: 1, signedIn: null });
    expect((await world.server.take('open')).operation).toBe(null);
  });
});

describe('a refusal', () => {
  test('without retry is tried again every minute, so that a repair is noticed', async () => {
    const world = await createDeskWorld();
    await world.server.take('hello');
    world.server.send({ type: 'refused', cause: 'agent-revoked', message: 'Pair it anew.', retry: false });
    await world.clock.idle();
    expect(status(world)).toMatchObject({ status: 'refused', retryMs: 60_000 });
    expect(world.desk().state().attention[0]?.message).toContain('Pair it anew.');
    await world.clock.advance(59_000);
    expect(world.server.connections()).toBe(1);
    await world.clock.advance(1_000);
    await world.server.welcome();
    expect(world.desk().state().attention).toEqual([]);
  });

  test('with retry is a lost connection', async () => {
    const world = await createDeskWorld();
    await world.server.take('hello');
    world.server.send({ type: 'refused', cause: 'stopping', message: 'The server is stopping.', retry: true });
    await world.clock.advance(LINK_LIMITS.backoffBaseMs);
    await world.server.welcome();
  });

  test.each([
    ['too old', AGENT_PROTOCOL + 1],
    ['newer', OLDEST_AGENT_PROTOCOL - 1],
  ])(
    'is what no version in common amounts to: the agent is %s, and the server hears whose it is',
    async (what, protocol) => {
      const world = await createDeskWorld();
      await world.server.welcome();
      world.server.protocol = protocol;
      world.server.cut();
      await world.clock.advance(LINK_LIMITS.backoffBaseMs);
      expect(await world.server.take('hello')).toMatchObject({ protocol: AGENT_PROTOCOL, agent: expect.any(String) });
      await world.clock.idle();
      expect(world.server.isConnected()).toBe(false);
      expect(status(world)).toMatchObject({ status: 'refused', why: { retry: false } });
      expect(world.desk().state().attention[0]?.message).toContain(`This agent is ${what}`);
    },
  );
});

test('whatever is received is a message or a reason, and the reason repeats nothing of it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.object().map((value) => JSON.stringify({ type: 'keys', ...value })),
      ),
      (text) => {
        const received = readMessage(text);
        if (!received.ok) expect(received.why).not.toContain('secret');
      },
    ),
  );
  const leaked = readMessage('{"type":"keys","nonce":"secret","keys":["secret"]}');
  expect(leaked.ok ? '' : leaked.why).not.toContain('secret');
});

test('a stopped agent connects no more', async () => {
  const world = await createDeskWorld();
  await world.server.welcome();
  await world.desk().stop();
  await world.clock.advance(300_000);
  expect(world.server.connections()).toBe(1);
  expect(status(world)).toEqual({ status: 'stopped' });
  expect(world.clock.pending()).toBeLessThanOrEqual(1);
});

import { AGENT_PROTOCOL, type AgentId } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import {
  AGENT,
  CARD,
  INSTANCE,
  ISSUED,
  KEY,
  MAC,
  NOW,
  OTHER_AGENT,
  OTHER_MAC,
  P,
  uuid,
} from '../transactions/testing/hotel.ts';
import { type ConnectedAgent, openConnection } from './testing/connected-agents.ts';
import {
  NEXT,
  OP,
  open,
  openDisputed,
  SOON_MS,
  sayNothing,
  silenceMs,
  type World,
} from './testing/disputed-encoder.ts';

describe('an encoder that two connected desks name', () => {
  test('is asked for at neither, though something waits for it there', async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    const second = await world.connect(OTHER_AGENT);
    await world.ask();
    first.say({ type: 'ping' });
    await world.clock.advance(SOON_MS);
    expect([first.prompted(), second.prompted()]).toEqual([[], []]);
  });

  test('is told of on both pages, each with the other’s name', async () => {
    const { first, second } = await openDisputed();
    const told = [{ encoder: MAC, others: ['Desk'] }];
    expect([first.disputes(), second.disputes()]).toEqual([told, told]);
  });

  test('refuses requests at once, with a cause of its own', async () => {
    const { world } = await openDisputed();
    expect(await world.refusal(OP)).toBe('encoder-disputed');
  });

  test('ends what waited with that cause', async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    await world.ask();
    await world.connect(OTHER_AGENT);
    first.say({ type: 'ping' });
    await world.clock.advance(SOON_MS);
    await world.run()('expireDue', { now: world.clock.now() + 60_000, waited: [] });
    expect(await world.hotel.operation(OP)).toMatchObject({ state: 'expired', cause: 'encoder-disputed' });
  });

  test('opens no card at either, for what was asked before', async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    await world.ask();
    await expect.poll(() => first.prompted()).toEqual([OP]);
    await world.connect(OTHER_AGENT);
    expect([await world.opens(AGENT), await world.opens(OTHER_AGENT)]).toEqual([
      'encoder-disputed',
      'encoder-disputed',
    ]);
  });

  test('grants nothing to a card that was opened before', async () => {
    const world = await open();
    await world.connect(AGENT);
    await world.ask();
    const session = (await world.hotel.rows('agents')).find(({ id }) => id === AGENT)?.session ?? 0;
    const ref = { propertyId: P, agentId: AGENT, session, operation: OP, encoder: MAC, serial: CARD, now: NOW };
    const opened = await world.run()('openCard', ref);
    if (opened.verdict !== 'opened') throw new Error(opened.verdict);
    await world.connect(OTHER_AGENT);
    const asks = {
      content: ISSUED,
      cardVersion: opened.cardVersion,
      cardKeys: [KEY],
      checkOutTime: '12:00',
      idleMs: 60_000,
      tellsLifting: true,
    };
    expect(await world.run()('grantWrite', { ...ref, ...asks, instance: INSTANCE, nonce: uuid(20) })).toMatchObject({
      verdict: 'refused',
      until: 'next-prompt',
      refusal: { cause: 'encoder-disputed' },
    });
  });

  test('leaves the other encoders of both in use', async () => {
    const { world, first } = await openDisputed([OTHER_MAC]);
    expect(await world.encoder(OTHER_MAC)).toMatchObject({ agentId: AGENT, ownership: 'settled' });
    expect(first.disputes().map(({ encoder }) => encoder)).toEqual([MAC]);
  });

  test('stays in dispute while either is away, and after the server was started anew', async () => {
    for (const stays of [AGENT, OTHER_AGENT]) {
      const { world, first, second } = await openDisputed();
      (stays === AGENT ? second : first).breakOff();
      await sayNothing(world, 2 * silenceMs, stays === AGENT ? first : second);
      expect(await world.refusal(OP)).toBe('encoder-disputed');
      await world.restart();
      const back = await world.connect(stays);
      await sayNothing(world, 2 * silenceMs, back);
      expect(await world.refusal(NEXT)).toBe('encoder-disputed');
      expect(back.disputes()).toEqual([{ encoder: MAC, others: ['Desk'] }]);
    }
  });
});

describe('card types 2 and 3, which go by the sign-in', () => {
  test.each([
    ['first', AGENT],
    ['second', OTHER_AGENT],
  ])('are refused with that cause where the member is signed in at the %s desk', async (_which, at) => {
    const { world, first, second } = await openDisputed();
    (at === AGENT ? first : second).tellEncoders([MAC], MAC);
    await world.clock.advance(100);
    const signIn = { propertyId: P, memberId: 'member', agentId: at, at: NOW, lastActiveAt: world.clock.now() };
    const rooms = await world.hotel.rows('rooms');
    await world.run()('putRows', {
      rows: [
        { table: 'signIns', row: signIn },
        ...rooms.map((row) => ({ table: 'rooms' as const, row: { ...row, lockType: 'QRLOCK' as const } })),
      ],
      onlyIfEmpty: false,
    });
    const asked = { encoder: null, now: world.clock.now(), deadline: world.clock.now() + 20_000 };
    await expect(world.hotel.acceptIssue(OP, uuid(30), asked)).rejects.toThrow('encoder-disputed');
  });
});

describe('a dispute ends', () => {
  const desks = [
    ['first', AGENT],
    ['second', OTHER_AGENT],
  ] as const;
  const ends: Readonly<Record<string, (world: World, agent: AgentId, session: ConnectedAgent) => Promise<unknown>>> = {
    'says that it doesn’t have it': async (_world, _agent, session) => session.tellEncoders([]),
    'connects again without it': (world, agent) => world.connect(agent, []),
    'is revoked': async (world, agentId) => {
      const revoked = await world.run()('revokeAgent', { propertyId: P, agentId, actor: 'x', now: NOW });
      world.dispatcher().cutOff(agentId, revoked.encoders);
    },
    'is paired anew on another computer': async (world, replaces) => {
      const code = 'ABCDEFGH';
      await world.run()('offerPairingCode', { propertyId: P, codes: [code], replaces, actor: 'x', now: NOW });
      const opened = openConnection(world.dispatcher());
      opened.say({ type: 'pair', protocol: AGENT_PROTOCOL, code, publicKey: 'k'.repeat(43), name: 'New' });
      await expect.poll(() => opened.heard.some(({ type }) => type === 'paired')).toBe(true);
    },
  };
  for (const [how, act] of Object.entries(ends)) {
    test.each(desks)(`when the %s ${how}: the other is asked by itself for what waits`, async (_which, leaves) => {
      const world = await open();
      const first = await world.connect(AGENT);
      const second = await world.connect(OTHER_AGENT);
      await world.ask();
      first.say({ type: 'ping' });
      await world.clock.advance(SOON_MS);
      const [gone, other] = leaves === AGENT ? [first, second] : [second, first];
      await act(world, leaves, gone);
      await expect.poll(() => other.prompted()).toEqual([OP]);
      expect(other.disputes()).toEqual([]);
      expect(await world.encoder()).toMatchObject({
        agentId: leaves === AGENT ? OTHER_AGENT : AGENT,
        ownership: 'settled',
      });
    });
  }

  test('and the audit log tells when it began, between whom, and when it ended', async () => {
    const { world, second } = await openDisputed();
    second.tellEncoders([]);
    await expect.poll(async () => (await world.encoder())?.ownership).toBe('settled');
    const told = (await world.hotel.rows('audit')).filter(({ action }) => action.startsWith('encoder-'));
    expect(told.map(({ action, details }) => [action, JSON.parse(details)])).toEqual([
      ['encoder-disputed', { encoder: MAC, agents: [AGENT, OTHER_AGENT] }],
      ['encoder-dispute-ended', { encoder: MAC, owner: AGENT }],
    ]);
  });
});

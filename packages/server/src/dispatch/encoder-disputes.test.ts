import {
  AGENT_LIMITS,
  AGENT_PROTOCOL,
  type AgentId,
  type JournalId,
  type Mac,
  type OperationId,
} from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { createOutcomes } from '../runtime/outcomes.ts';
import { createRunner } from '../runtime/runner.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
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
  openHotel,
  P,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { type ConnectedAgent, connect, helloOf, openConnection, serve } from './testing/connected-agents.ts';
import { dispatcherOver, failTheTest } from './testing/dispatcher-over.ts';

/** One MAC at two front desks: readers whose makers gave them all the same serial number. */

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const { silenceMs } = AGENT_LIMITS;
/** By then a word of the first desk has been noticed. */
const SOON_MS = 5_000;

async function open() {
  const hotel = await openHotel();
  const clock = createVirtualClock(NOW);
  // Enrols both.
  (await serve(hotel, hotel.store, { clock })).stop();
  const start = () => {
    const outcomes = createOutcomes(failTheTest);
    const run = createRunner(hotel.store, outcomes);
    return { run, dispatcher: dispatcherOver(run, hotel.store.read, clock, { outcomes }) };
  };
  let server = start();
  const journals = new Map<AgentId, TestJournal>([
    [AGENT, new TestJournal()],
    [OTHER_AGENT, new TestJournal(uuid<JournalId>(51))],
  ]);
  const world = {
    hotel,
    clock,
    run: () => server.run,
    dispatcher: () => server.dispatcher,
    connect: (agent: AgentId, macs: readonly Mac[] = [MAC], lifted: readonly Mac[] = []) =>
      connect(server.dispatcher, agent, journals.get(agent) as TestJournal, macs, 'nothing', lifted),
    restart() {
      server.dispatcher.stop();
      server = start();
    },
    /** A request is accepted, and the agent asked. */
    async ask(id: OperationId = OP) {
      await server.dispatcher.wake(await hotel.accept(id, clock.now()));
    },
    /** Why a request that names the encoder is refused at once; null where it isn't. */
    async refusal(id: OperationId) {
      const result = await hotel.askToCancel(id, id, clock.now());
      return result.verdict === 'refused' ? result.refusal.cause : null;
    },
    encoder: async (mac: Mac = MAC) => (await hotel.rows('encoders')).find((each) => each.mac === mac),
    /** What a desk gets that opens a card for the operation all the same, as one that was asked before does. */
    async opens(agentId: AgentId, operation: OperationId = OP) {
      const session = (await hotel.rows('agents')).find(({ id }) => id === agentId)?.session ?? 0;
      const ref = { propertyId: P, agentId, session };
      const result = await server.run('openCard', { ...ref, operation, encoder: MAC, serial: CARD, now: clock.now() });
      return result.verdict === 'refused' ? result.refusal.cause : result.verdict;
    },
  };
  return world;
}
type World = Awaited<ReturnType<typeof open>>;

/** Both desks are connected with the same MAC, and the first was heard after the second came. */
async function openDisputed(also: readonly Mac[] = []) {
  const world = await open();
  const first = await world.connect(AGENT, [MAC, ...also]);
  const second = await world.connect(OTHER_AGENT, [MAC]);
  first.say({ type: 'ping' });
  await world.clock.advance(SOON_MS);
  expect(await world.encoder()).toMatchObject({ ownership: 'disputed' });
  return { world, first, second };
}

const sayNothing = async (world: World, ms: number, ...others: readonly ConnectedAgent[]) => {
  for (let passed = 0; passed < ms; passed += 5_000) {
    for (const other of others) other.say({ type: 'ping' });
    await world.clock.advance(Math.min(5_000, ms - passed));
  }
};

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
      world.restart();
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
      await world.run()('offerPairing', { propertyId: P, code, replaces, actor: 'x', now: NOW });
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

describe('a first desk that says nothing more', () => {
  test('loses the encoder after 25 s to the second, which is asked then', async () => {
    const world = await open();
    await world.connect(AGENT);
    const second = await world.connect(OTHER_AGENT);
    await sayNothing(world, silenceMs - 5_000, second);
    await world.ask();
    expect(second.prompted()).toEqual([]);
    await sayNothing(world, 10_000, second);
    expect(second.prompted()).toEqual([OP]);
  });

  test('the same when it was away already', async () => {
    const world = await open();
    (await world.connect(AGENT)).breakOff();
    const second = await world.connect(OTHER_AGENT);
    await sayNothing(world, silenceMs + 5_000, second);
    await world.ask();
    await expect.poll(() => second.prompted()).toEqual([OP]);
  });

  test('disputes it when it comes back with it', async () => {
    const world = await open();
    (await world.connect(AGENT)).breakOff();
    const second = await world.connect(OTHER_AGENT);
    await sayNothing(world, silenceMs + 5_000, second);
    const back = await world.connect(AGENT);
    await sayNothing(world, SOON_MS, second, back);
    expect(await world.refusal(OP)).toBe('encoder-disputed');
  });

  test('has to connect again: what its old connection still says changes nothing', async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    const second = await world.connect(OTHER_AGENT);
    await sayNothing(world, silenceMs + 5_000, second);
    first.tellEncoders([MAC]);
    await world.clock.advance(SOON_MS);
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, ownership: 'settled' });
    expect(first.isClosed()).toBe(true);
  });

  test('isn’t held silent while the server itself stood still', async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    await world.connect(OTHER_AGENT);
    const monotonic = world.clock.monotonic.bind(world.clock);
    // The process was stopped for a minute; what the desk said meanwhile waits to be read.
    world.clock.monotonic = () => monotonic() + 60_000;
    await world.clock.advance(2_500);
    expect(await world.encoder()).toMatchObject({ agentId: AGENT, ownership: 'claimed' });
    expect(first.prompted()).toEqual([]);
  });

  test('loses nothing by a clock that is set on', async () => {
    const world = await open();
    await world.connect(AGENT);
    await world.connect(OTHER_AGENT);
    world.clock.jump(86_400_000);
    await world.clock.advance(2_500);
    expect(await world.encoder()).toMatchObject({ agentId: AGENT, ownership: 'claimed' });
  });

  test('is waited for anew where the server was started meanwhile', async () => {
    const world = await open();
    await world.connect(AGENT);
    await world.connect(OTHER_AGENT);
    world.restart();
    const second = await world.connect(OTHER_AGENT);
    await sayNothing(world, silenceMs + 5_000, second);
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, ownership: 'settled' });
  });
});

describe('a first desk that comes back with a long journal to tell', () => {
  /** It has said who it is and which encoders it has, and tells its journal from now on. */
  const comeBack = async (macs: readonly Mac[]) => {
    const world = await open();
    (await world.connect(AGENT)).breakOff();
    const second = await world.connect(OTHER_AGENT);
    await world.ask();
    const back = openConnection(world.dispatcher());
    back.say(helloOf(AGENT, new TestJournal(), macs));
    await expect.poll(() => back.heard.map(({ type }) => type)).toContain('cursor');
    return { world, second, back };
  };

  test('is heard as soon as it has named the encoder: the second is not asked, however long it takes', async () => {
    const { world, second, back } = await comeBack([MAC]);
    for (let passed = 0; passed < silenceMs + 10_000; passed += SOON_MS) {
      for (const desk of [back, second]) desk.say({ type: 'ping' });
      await world.clock.advance(SOON_MS);
      expect(await world.encoder()).toMatchObject({ agentId: AGENT, ownership: 'disputed' });
    }
    expect(second.prompted()).toEqual([]);
    expect(second.disputes()).toEqual([{ encoder: MAC, others: ['Desk'] }]);
  });

  test('is not heard of an encoder that it does not name any more: the second has it after 25 s', async () => {
    const { world, second, back } = await comeBack([OTHER_MAC]);
    for (let passed = 0; passed < silenceMs + 5_000; passed += SOON_MS) {
      for (const desk of [back, second]) desk.say({ type: 'ping' });
      await world.clock.advance(SOON_MS);
    }
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, ownership: 'settled' });
  });

  test('and breaks off at once, has said that it has the encoder all the same', async () => {
    const { world, second, back } = await comeBack([MAC]);
    await world.clock.advance(SOON_MS);
    back.breakOff();
    await sayNothing(world, silenceMs + 5_000, second);
    expect(await world.encoder()).toMatchObject({ agentId: AGENT, ownership: 'disputed' });
  });
});

test('an encoder that is carried over goes on at once where its first desk noticed first', async () => {
  const world = await open();
  const first = await world.connect(AGENT);
  await world.ask();
  first.tellEncoders([]);
  const second = await world.connect(OTHER_AGENT);
  await expect.poll(() => second.prompted()).toEqual([OP]);
});

describe('the card that the first desk issued last, and that a desk which gets the encoder told to be lifted before it had it', () => {
  const unlifted = [{ operation: NEXT, serial: CARD }];
  const openIssued = async () => {
    const world = await open();
    const first = await world.connect(AGENT);
    const row = await world.encoder();
    if (row === undefined) throw new Error('the encoder is not known');
    await world.run()('putRows', { rows: [{ table: 'encoders', row: { ...row, unlifted } }], onlyIfEmpty: false });
    first.breakOff();
    return world;
  };

  test.each([
    ['once it was there', []],
    ['as it came', [MAC]],
  ])('may be written again: told %s', async (_, lifted) => {
    const world = await openIssued();
    const second = await world.connect(OTHER_AGENT, [MAC], lifted);
    if (lifted.length === 0) second.say({ type: 'lifted', encoder: MAC });
    await world.clock.advance(SOON_MS);
    expect(await world.encoder()).toMatchObject({ agentId: AGENT, unlifted });
    await sayNothing(world, silenceMs + SOON_MS, second);
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, unlifted: [] });
  });

  test('may not, where it told so of an earlier time that it had one', async () => {
    const world = await openIssued();
    const second = await world.connect(OTHER_AGENT, [MAC], [MAC]);
    second.tellEncoders([]);
    second.tellEncoders([MAC]);
    await sayNothing(world, silenceMs + SOON_MS, second);
    expect(await world.encoder()).toMatchObject({ agentId: OTHER_AGENT, unlifted });
  });
});

import type { JournalId, Mac, OperationId } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { AGENT_RETURN } from '../domain/limits.ts';
import { createOutcomes } from '../runtime/outcomes.ts';
import { createRunner } from '../runtime/runner.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import {
  AGENT,
  MAC,
  NOW,
  OTHER_AGENT,
  OTHER_MAC,
  openHotel,
  P,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { connect, helloOf, openConnection, serve } from './testing/connected-agents.ts';
import { dispatcherOver, failTheTest } from './testing/dispatcher-over.ts';

/** When a request is told that its encoder is offline, and when it waits for the agent to come back. */

const OP = uuid<OperationId>(10);
const CARD_WAIT_MS = 20_000;
const { sinceConnectionMs, sinceStartMs } = AGENT_RETURN;

async function open() {
  const hotel = await openHotel();
  const clock = createVirtualClock(NOW);
  const journal = new TestJournal();
  // The encoder is known from before the server was started anew.
  const before = await serve(hotel, hotel.store, { clock });
  await connect(before, AGENT, journal, [MAC]);
  await before.stop();
  const outcomes = createOutcomes(failTheTest);
  const run = createRunner(hotel.store, outcomes);
  const dispatcher = dispatcherOver(run, hotel.store.read, clock, { outcomes });
  const otherJournal = new TestJournal(uuid<JournalId>(51));
  return {
    hotel,
    clock,
    run,
    dispatcher,
    connect: (macs: readonly Mac[] = [MAC]) => connect(dispatcher, AGENT, journal, macs),
    connectOther: (macs: readonly Mac[] = [MAC]) => connect(dispatcher, OTHER_AGENT, otherJournal, macs),
    /** A request comes in; returns what is known of its encoder. */
    async ask(withinMs = CARD_WAIT_MS, id = OP) {
      const operation = await hotel.accept(id, clock.now());
      const word = await dispatcher.wake(operation);
      if (word === 'away') dispatcher.refuseUnlessBack(operation, withinMs);
      return word;
    },
    async state(id = OP) {
      const { state, cause } = await hotel.operation(id);
      return cause === null ? state : `${state} ${cause}`;
    },
  };
}

const OFFLINE = 'rejected encoder-offline';

describe('after the start of the server', () => {
  test('an agent is waited for, and asked when it comes', async () => {
    const world = await open();
    await world.clock.advance(1_000);
    expect(await world.ask()).toBe('away');
    await world.clock.advance(sinceStartMs - 1_001);
    expect(await world.state()).toBe('accepted');
    const agent = await world.connect();
    await expect.poll(() => agent.prompted()).toContain(OP);
    await world.clock.advance(CARD_WAIT_MS);
    expect(await world.state()).toBe('accepted');
  });

  test('nobody is waited for any longer than ten seconds', async () => {
    const world = await open();
    await world.clock.advance(1_000);
    await world.ask();
    await world.clock.advance(sinceStartMs - 1_001);
    expect(await world.state()).toBe('accepted');
    await world.clock.advance(1);
    expect(await world.state()).toBe(OFFLINE);
    expect(await world.ask(CARD_WAIT_MS, uuid(11))).toBe('offline');
  });

  test('a clock that is set changes nothing', async () => {
    for (const jump of [3_600_000, -3_600_000]) {
      const world = await open();
      await world.ask();
      world.clock.jump(jump);
      await world.clock.advance(sinceStartMs - 1);
      expect(await world.state()).toBe('accepted');
      await world.clock.advance(1);
      expect(await world.state()).toBe(OFFLINE);
    }
  });
});

describe('after the end of a connection', () => {
  async function openLongAgo() {
    const world = await open();
    const agent = await world.connect();
    // The agent of this test sends no pings.
    await world.clock.advance(sinceStartMs);
    return { ...world, agent };
  }

  test('of an agent that only said hello, nobody is waited for', async () => {
    const world = await open();
    await world.clock.advance(sinceStartMs);
    const greeted = openConnection(world.dispatcher);
    greeted.say(helloOf(AGENT, new TestJournal(), [MAC]));
    await expect.poll(() => greeted.heard.map(({ type }) => type)).toContain('cursor');
    greeted.breakOff();
    expect(await world.ask()).toBe('offline');
  });

  test('its agent is waited for, and asked when it is back', async () => {
    const world = await openLongAgo();
    world.agent.breakOff();
    await world.clock.advance(sinceConnectionMs - 2);
    expect(await world.ask()).toBe('away');
    await world.clock.advance(1);
    const back = await world.connect();
    await expect.poll(() => back.prompted()).toContain(OP);
    await world.clock.advance(2 * sinceConnectionMs);
    expect(await world.state()).toBe('accepted');
  });

  test('it is offline after three seconds, and at once from then on', async () => {
    const world = await openLongAgo();
    world.agent.breakOff();
    await world.ask();
    await world.clock.advance(sinceConnectionMs - 1);
    expect(await world.state()).toBe('accepted');
    await world.clock.advance(1);
    expect(await world.state()).toBe(OFFLINE);
    expect(await world.ask(CARD_WAIT_MS, uuid(11))).toBe('offline');
  });

  test('the wait for the card is the longest that anybody waits', async () => {
    const world = await openLongAgo();
    world.agent.breakOff();
    await world.ask(700);
    await world.clock.advance(699);
    expect(await world.state()).toBe('accepted');
    await world.clock.advance(1);
    expect(await world.state()).toBe(OFFLINE);
  });

  test('an agent that comes back without the encoder ends the wait', async () => {
    const world = await openLongAgo();
    world.agent.breakOff();
    await world.ask();
    await world.connect([OTHER_MAC]);
    await expect.poll(() => world.state()).toBe(OFFLINE);
  });

  test('an encoder that was unplugged and turns up at another agent is asked there', async () => {
    const world = await openLongAgo();
    world.agent.tellEncoders([]);
    await world.clock.advance(1);
    world.agent.breakOff();
    await world.ask();
    const other = await world.connectOther();
    await expect.poll(() => other.prompted()).toContain(OP);
    await world.clock.advance(2 * sinceConnectionMs);
    expect(await world.state()).toBe('accepted');
  });

  test('the three seconds begin anew with each end', async () => {
    const world = await openLongAgo();
    world.agent.breakOff();
    await world.clock.advance(sinceConnectionMs - 1);
    (await world.connect()).breakOff();
    expect(await world.ask()).toBe('away');
    await world.clock.advance(sinceConnectionMs - 1);
    expect(await world.state()).toBe('accepted');
    await world.clock.advance(1);
    expect(await world.state()).toBe(OFFLINE);
  });

  test('a newer connection of the same agent is no absence', async () => {
    const world = await openLongAgo();
    const newer = await world.connect();
    world.agent.breakOff();
    expect(await world.ask()).toBe('asked');
    await expect.poll(() => newer.prompted()).toContain(OP);
  });
});

describe('at once it is told', () => {
  test('of an encoder that a connected agent does not have', async () => {
    const world = await open();
    await world.connect([MAC]);
    (await world.connect([OTHER_MAC])).tellEncoders([OTHER_MAC]);
    expect(await world.ask()).toBe('offline');
  });

  test('of an encoder that a connected agent says was unplugged', async () => {
    const world = await open();
    const agent = await world.connect([MAC]);
    agent.tellEncoders([]);
    const operation = await world.hotel.accept(OP);
    await expect.poll(() => world.dispatcher.wake(operation)).toBe('offline');
  });

  test('of an encoder that no agent has, which is no operation at all', async () => {
    const world = await open();
    await world.hotel.store.run('revokeAgent', { propertyId: P, agentId: AGENT, actor: 'owner', now: NOW });
    expect(await world.hotel.askToCancel(OP)).toMatchObject({
      verdict: 'refused',
      refusal: { cause: 'encoder-offline' },
    });
  });
});

test('what has ended is waited for no longer, nor is anything once the server stops', async () => {
  const world = await open();
  const others = world.clock.pending();
  await world.ask();
  expect(world.clock.pending()).toBe(others + 1);
  const withdrawal = { propertyId: P, operation: OP, cause: 'withdrawn', actor: 'test', now: NOW } as const;
  await world.run('withdrawOperation', withdrawal);
  expect(world.clock.pending()).toBe(others);
  await world.ask(CARD_WAIT_MS, uuid(11));
  await world.dispatcher.stop();
  expect(world.clock.pending()).toBe(0);
  await world.clock.advance(sinceStartMs);
  expect(await world.state(uuid(11))).toBe('accepted');
});

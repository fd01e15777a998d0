import type { JournalId, Mac, OperationId } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { AGENT_QUOTAS, STRANGERS } from '../domain/limits.ts';
import {
  AGENT,
  type Hotel,
  MAC,
  OTHER_AGENT,
  OTHER_MAC,
  openHotel,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { connect, encodersOf, helloOf, openConnection, serve } from './testing/connected-agents.ts';
import { handClock, settled } from './testing/hand-clock.ts';

/** What one paired agent may take of the server while it is connected, and that the others are served beside it. */

/** A hotel behind a dispatcher, whose transactions can be held up and are written down as they begin. */
async function hotelAtWork(quotas: Parameters<typeof serve>[2] = {}) {
  const hotel = await openHotel();
  const clock = handClock();
  const began: string[] = [];
  let hold: Promise<void> | null = null;
  const run: Hotel['store']['run'] = async (name, input) => {
    began.push(name);
    await hold;
    return hotel.store.run(name, input);
  };
  const dispatcher = await serve(hotel, { ...hotel.store, run }, { clock, ...quotas });
  return {
    hotel,
    clock,
    dispatcher,
    began,
    count: (name: string) => began.filter((each) => each === name).length,
    /** No transaction ends until the returned function is called. */
    holdUp() {
      const { promise, resolve } = Promise.withResolvers<void>();
      hold = promise;
      return () => {
        hold = null;
        resolve();
      };
    },
    connect: (journal = new TestJournal()) => connect(dispatcher, AGENT, journal, [MAC]),
    connectOther: (journal = new TestJournal(uuid<JournalId>(51))) =>
      connect(dispatcher, OTHER_AGENT, journal, [OTHER_MAC]),
  };
}

const madeUpList = (n: number) =>
  encodersOf(Array.from({ length: 16 }, (_, i) => (16 * n + i).toString(16).toUpperCase().padStart(12, '0') as Mac));

/** Records of operations that were never asked for, as an agent that came back from a backup has them. */
function longJournal(records: number, id?: JournalId): TestJournal {
  const journal = new TestJournal(id);
  for (let n = 0; n < records / 2; n += 1) {
    journal.write(uuid(100_000 + n), uuid(200_000 + n)).result(uuid(100_000 + n), uuid(200_000 + n), 'succeeded');
  }
  return journal;
}

describe('messages that wait', () => {
  test('end the connection beyond their number; as many as a right agent has are all answered', async () => {
    const { connect: connectAgent, holdUp } = await hotelAtWork();
    const agent = await connectAgent();
    await settled();
    let release = holdUp();
    for (let n = 0; n < AGENT_QUOTAS.waitingMessages; n += 1) agent.say({ type: 'activity' });
    release();
    await settled();
    expect(agent.isClosed()).toBe(false);
    release = holdUp();
    for (let n = 0; n <= AGENT_QUOTAS.waitingMessages; n += 1) agent.say({ type: 'activity' });
    expect(agent.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'too-much', retry: true });
    expect(agent.isClosed()).toBe(true);
    release();
  });

  test('end the connection beyond their size', async () => {
    const { connect: connectAgent, holdUp } = await hotelAtWork({ quotas: { waitingBytes: 1_000 } });
    const agent = await connectAgent();
    await settled();
    const release = holdUp();
    for (let n = 0; n < 3; n += 1) agent.say(`${' '.repeat(300)}{"type":"activity"}`);
    expect(agent.isClosed()).toBe(false);
    agent.say(`${' '.repeat(300)}{"type":"activity"}`);
    expect(agent.isClosed()).toBe(true);
    release();
  });
});

describe("an agent's share of the database", () => {
  const FEW = { burst: 200, perSecond: 40 };

  test('holds its work up when it is used up, and nobody else', async () => {
    const { connect: connectAgent, connectOther, count, clock, hotel, dispatcher } = await hotelAtWork({ quotas: FEW });
    const agent = await connectAgent();
    const other = await connectOther();
    for (let n = 0; n < 50; n += 1) agent.say({ type: 'encoders', encoders: madeUpList(n) });
    await settled();
    const atOnce = count('changeEncoders');
    expect(atOnce).toBeLessThan(FEW.burst / 16);
    other.tellEncoders([MAC, OTHER_MAC]);
    await settled();
    expect(count('changeEncoders')).toBe(atOnce + 1);
    expect(await dispatcher.wake(await hotel.accept(uuid<OperationId>(10)))).toBe('asked');
    await settled();
    expect(other.prompted()).toEqual([uuid(10)]);
    // A list takes 33 units, so that ten seconds pay for twelve.
    await clock.advance(10_000);
    expect(count('changeEncoders') - atOnce).toBeGreaterThan(10);
    expect(count('changeEncoders') - atOnce).toBeLessThan(15);
    expect(agent.isClosed()).toBe(false);
  });

  test('is taken by pings too, so that a flood of them ends the connection', async () => {
    const { connect: connectAgent } = await hotelAtWork({ quotas: FEW });
    const agent = await connectAgent();
    await settled();
    const ping = () => agent.say({ type: 'ping' });
    for (let n = 0; n < FEW.burst / 2; n += 1) ping();
    await settled();
    expect(agent.isClosed()).toBe(false);
    for (let n = 0; n < FEW.burst && !agent.isClosed(); n += 1) ping();
    expect(agent.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'too-much', retry: true });
  });

  test('is the same on another connection, which is refused while it is in debt', async () => {
    const { connect: connectAgent, dispatcher, clock } = await hotelAtWork({ quotas: FEW });
    const agent = await connectAgent();
    for (let n = 0; n < 20; n += 1) agent.say({ type: 'encoders', encoders: madeUpList(n) });
    await settled();
    const again = openConnection(dispatcher);
    again.say(helloOf(AGENT, new TestJournal(), [MAC]));
    await settled();
    expect(again.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'too-much', retry: true });
    // By then the work of the first is done, and paid for.
    await clock.advance(20_000);
    expect((await connectAgent()).isClosed()).toBe(false);
  });

  test('is enough for ten encoders that are never idle, for an hour', async () => {
    const { connect: connectAgent, clock } = await hotelAtWork();
    const agent = await connectAgent();
    // An operation in a second at each takes a card opened, a grant asked for and a result told.
    for (let second = 0; second < 3_600; second += 1) {
      for (let n = 0; n < 30; n += 1) agent.say({ type: 'decline', operation: uuid<OperationId>(1) });
      await settled();
      if (second % 5 === 0) await clock.advance(5_000);
    }
    expect(agent.isClosed()).toBe(false);
  });
});

describe('a long journal', () => {
  test('is taken up in pieces, between which others get their turn', async () => {
    const { hotel, connectOther, began, dispatcher } = await hotelAtWork({ quotas: { recordsAtOnce: 10 } });
    const other = await connectOther();
    await hotel.store.run('markRestored', { now: 0 });
    const connecting = connect(dispatcher, AGENT, longJournal(1_000), [MAC]);
    for (let n = 0; n < 20; n += 1) other.say({ type: 'activity' });
    await connecting;
    const pieces = began.flatMap((name, at) => (name === 'recordPiece' ? [at] : []));
    expect(pieces).toHaveLength(99);
    expect(began.lastIndexOf('renewSignIn')).toBeLessThan(pieces.at(-1) as number);
    expect((await hotel.rows('agents')).find(({ id }) => id === AGENT)?.cursor?.number).toBe(1_000);
  });

  test('of one waits for the pieces of the others, one at a time for all of them together', async () => {
    const { hotel, dispatcher, holdUp, count } = await hotelAtWork({ quotas: { recordsAtOnce: 10 } });
    await hotel.store.run('markRestored', { now: 0 });
    const journals = [longJournal(100), longJournal(100, uuid<JournalId>(51))];
    const connections = [AGENT, OTHER_AGENT].map((agent, i) => {
      const connection = openConnection(dispatcher);
      connection.say(helloOf(agent, journals[i] as TestJournal, [i === 0 ? MAC : OTHER_MAC]));
      return connection;
    });
    await settled();
    const release = holdUp();
    for (const [i, { say }] of connections.entries()) {
      say({ type: 'catch-up', records: (journals[i] as TestJournal).records, inProgress: [] });
    }
    await settled();
    expect(count('recordPiece')).toBe(1);
    release();
    await settled();
    for (const { heard } of connections) expect(heard.map(({ type }) => type)).toContain('welcome');
  });

  test('in a report is acknowledged once, when all of it is recorded', async () => {
    const { hotel, connect: connectAgent } = await hotelAtWork({ quotas: { recordsAtOnce: 10 } });
    const journal = longJournal(0);
    const agent = await connectAgent(journal);
    const before = agent.heard.length;
    for (const record of longJournal(100).records) journal.append(record.entry);
    agent.report(journal.records);
    await settled();
    const told = agent.heard.slice(before).filter(({ type }) => type === 'acknowledge');
    expect(told).toEqual([{ type: 'acknowledge', position: journal.head }]);
    expect((await hotel.rows('agents')).find(({ id }) => id === AGENT)?.cursor).toEqual(journal.head);
  });

  test('of unknown writes suspends its agent, which is told so', async () => {
    const { connect: connectAgent } = await hotelAtWork();
    const journal = new TestJournal();
    const agent = await connectAgent(journal);
    agent.report(longJournal(20_000).records);
    await settled();
    expect(agent.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'agent-suspended', retry: false });
  });
});

describe('a connection that leads to no welcome', () => {
  test.each([
    ['says nothing', [], STRANGERS.proofMs],
    ['says hello and nothing more', [helloOf(AGENT, new TestJournal(), [MAC])], STRANGERS.catchUpMs],
  ])('since the agent %s ends in time', async (_, said, ms) => {
    const { dispatcher, clock } = await hotelAtWork();
    const connection = openConnection(dispatcher);
    for (const message of said) connection.say(message);
    await settled();
    const ping = () => connection.isClosed() || connection.say({ type: 'ping' });
    for (let passed = 0; passed < ms - 5_000; passed += 5_000, ping()) await clock.advance(5_000);
    expect(connection.isClosed()).toBe(false);
    await clock.advance(8_000);
    expect(connection.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'late', retry: true });
  });

  test('ends when its agent has proved itself on another one', async () => {
    const { dispatcher, connect: connectAgent } = await hotelAtWork();
    const first = openConnection(dispatcher);
    first.say(helloOf(AGENT, new TestJournal(), [MAC]));
    await settled();
    const second = await connectAgent();
    expect(first.heard.at(-1)).toMatchObject({ type: 'refused', cause: 'replaced' });
    expect(second.isClosed()).toBe(false);
  });

  test('is not ended for what takes long here', async () => {
    const { dispatcher, clock, holdUp } = await hotelAtWork();
    const connection = openConnection(dispatcher);
    const release = holdUp();
    connection.say(helloOf(AGENT, new TestJournal(), [MAC]));
    await clock.advance(2 * STRANGERS.proofMs);
    expect(connection.isClosed()).toBe(false);
    release();
    await settled();
    expect(connection.heard.at(-1)?.type).toBe('cursor');
  });
});

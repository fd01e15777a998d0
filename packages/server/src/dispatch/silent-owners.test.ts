import type { Mac } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { AGENT, MAC, OTHER_AGENT, OTHER_MAC, TestJournal } from '../transactions/testing/hotel.ts';
import { helloOf, openConnection } from './testing/connected-agents.ts';
import { OP, open, SOON_MS, sayNothing, silenceMs } from './testing/disputed-encoder.ts';

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
    await world.restart();
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

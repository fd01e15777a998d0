import { AGENT_PROTOCOL, agentMessage } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { TableName } from '../store/row-types.ts';
import { AGENT } from '../transactions/testing/hotel.ts';
import { helloOf } from './testing/connected-agents.ts';
import { ANSWERS, EFFECTIVE, kept, openWorld, type World, workedOn } from './testing/messages-world.ts';

/**
 * Each message of the protocol, said on a connection that doesn't count any more.
 * What a table here doesn't name doesn't compile or fails: a new message gets its rows.
 */

/** Everything that is durable. Of agents: all that a session of theirs may change. */
const EVERYTHING: readonly TableName[] = [
  ...(['facts', 'agents', 'encoders', 'encoderClaims', 'signIns', 'cards', 'cardRecords', 'operations'] as const),
  ...(['roomEvents', 'audit', 'retiredJournals', 'pairingCodes'] as const),
];

/** How a connection ceases to count before its server has noticed. */
const FENCES: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  replaced: async ({ hotel, journalOf }) => hotel.hello(journalOf(AGENT)),
  suspended: async ({ hotel, put }) => {
    const row = (await hotel.rows('agents')).find(({ id }) => id === AGENT);
    await put([{ table: 'agents', row: { ...row, state: 'suspended' } }]);
  },
  revoked: async ({ hotel, put }) => {
    const row = (await hotel.rows('agents')).find(({ id }) => id === AGENT);
    await put([{ table: 'agents', row: { ...row, state: 'revoked' } }]);
  },
};

test('every message of the protocol is in the tables', () => {
  const types = agentMessage.options.map(({ shape }) => shape.type.value);
  expect([...Object.keys(EFFECTIVE), ...ANSWERS, 'pair', 'hello'].sort()).toEqual([...types].sort());
});

describe.each(Object.keys(EFFECTIVE) as (keyof typeof EFFECTIVE)[])('%s', (type) => {
  test('changes something on the newest connection of an agent', async () => {
    const world = await openWorld();
    const { on, message } = await EFFECTIVE[type](world);
    const before = await kept(world, EVERYTHING);
    on.say(message);
    await workedOn(world);
    expect(await kept(world, EVERYTHING)).not.toBe(before);
  });

  test.each(Object.keys(FENCES))('changes nothing on one that was %s, which ends', async (how) => {
    const world = await openWorld();
    const { on, message } = await EFFECTIVE[type](world);
    await FENCES[how]?.(world);
    const before = await kept(world, EVERYTHING);
    on.say(message);
    await workedOn(world);
    expect(await kept(world, EVERYTHING)).toBe(before);
    expect(on.isClosed()).toBe(true);
  });
});

describe.each(['pair', 'hello'] as const)('%s', (type) => {
  test('is no message of a connection that has said who it is', async () => {
    const world = await openWorld();
    const before = await kept(world, EVERYTHING);
    world.own.say(
      type === 'hello'
        ? helloOf(AGENT, world.journalOf(AGENT), [])
        : { type, protocol: AGENT_PROTOCOL, code: 'ABCDEFGH', publicKey: 'k'.repeat(43), name: 'x' },
    );
    await workedOn(world);
    expect(await kept(world, EVERYTHING)).toBe(before);
    expect(world.own.isClosed()).toBe(true);
  });
});

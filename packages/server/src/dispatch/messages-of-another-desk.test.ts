import type { AgentMessage } from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import type { TableName } from '../store/row-types.ts';
import { AGENT, CARD, ISSUED, MAC, OTHER_AGENT, OTHER_MAC } from '../transactions/testing/hotel.ts';
import { encodersOf } from './testing/connected-agents.ts';
import {
  CHIP,
  EFFECTIVE,
  kept,
  manyRecords,
  NONCE,
  OP,
  openWorld,
  type Said,
  type Type,
  type World,
  WRONG_CARD,
  workedOn,
} from './testing/messages-world.ts';

/**
 * Each message of the protocol, said of what is another desk's.
 * What a table here doesn't name doesn't compile or fails: a new message gets its rows.
 */

/** Prepares a world in which AGENT could say it, and returns what OTHER_AGENT says of AGENT's encoder, card or operation. */
const OF_ANOTHER_DESK: Readonly<Partial<Record<Type, Readonly<Record<string, (world: World) => Promise<Said>>>>>> = {
  'catch-up': {
    'the result of its write': async (world) => {
      await world.granted();
      const on = await world.greeted(OTHER_AGENT);
      const { records } = world.journalOf(OTHER_AGENT).write(OP, NONCE).result(OP, NONCE, 'succeeded');
      return { on, message: { type: 'catch-up', records, inProgress: [{ nonce: NONCE, operation: OP }] } };
    },
    'its card lifted': async (world) => {
      await world.unlifted();
      const on = await world.greeted(OTHER_AGENT);
      return { on, message: { type: 'catch-up', records: [], inProgress: [], lifted: [MAC] } };
    },
  },
  records: {
    'the result of its write': async (world) => {
      await world.granted();
      const on = await world.greeted(OTHER_AGENT);
      const records = manyRecords(world, OTHER_AGENT);
      return { on, message: { type: 'records', records, unfinished: [NONCE], inProgress: [] } };
    },
  },
  open: {
    'its operation, at its encoder': async ({ hotel, other }) => {
      await hotel.accept(OP);
      const message = { type: 'open', nonce: NONCE, operation: OP, encoder: MAC, serial: WRONG_CARD, chip: CHIP };
      return { on: other, message: message as AgentMessage };
    },
    'its operation, at an encoder of their own': async ({ hotel, other }) => {
      await hotel.accept(OP);
      const message = { type: 'open', nonce: NONCE, operation: OP, encoder: OTHER_MAC, serial: WRONG_CARD, chip: CHIP };
      return { on: other, message: message as AgentMessage };
    },
  },
  present: {
    'with the nonce that it opened': async (world) => {
      await world.hotel.accept(OP);
      await world.opened(world.own, OP);
      return {
        on: world.other,
        message: { type: 'present', nonce: NONCE, operation: OP, serial: CARD, content: ISSUED },
      };
    },
  },
  reading: {
    'with the nonce that it opened': async (world) => {
      const { message } = await EFFECTIVE.reading(world);
      return { on: world.other, message };
    },
  },
  'not-written': {
    'its grant': async (world) => {
      await world.granted();
      return { on: world.other, message: { type: 'not-written', nonce: NONCE, operation: OP, reason: 'x' } };
    },
  },
  report: {
    'the result of its write': async (world) => {
      await world.granted();
      const { records } = world.journalOf(OTHER_AGENT).write(OP, NONCE).result(OP, NONCE, 'succeeded');
      return { on: world.other, message: { type: 'report', records } };
    },
  },
  lifted: {
    'its card': async (world) => {
      await world.unlifted();
      return { on: world.other, message: { type: 'lifted', encoder: MAC } };
    },
  },
  unusable: {
    'what lies on its encoder': async ({ hotel, other }) => {
      await hotel.accept(OP);
      return { on: other, message: { type: 'unusable', operation: OP, encoder: MAC, reason: 'not-a-room-card' } };
    },
    'its operation, at an encoder of their own': async ({ hotel, other }) => {
      await hotel.accept(OP);
      return { on: other, message: { type: 'unusable', operation: OP, encoder: OTHER_MAC, reason: 'not-a-room-card' } };
    },
  },
  decline: {
    'its operation': async ({ hotel, other }) => {
      await hotel.accept(OP);
      return { on: other, message: { type: 'decline', operation: OP } };
    },
  },
  encoders: {
    'its encoder': async ({ other }) => ({
      on: other,
      message: { type: 'encoders', encoders: encodersOf([OTHER_MAC, MAC]) as never },
    }),
  },
  'sign-out': {
    'whoever is signed in there': async (world) => {
      await world.signedIn(AGENT);
      return { on: world.other, message: { type: 'sign-out', request: 1 } };
    },
  },
  activity: {
    'of whoever is signed in there': async (world) => {
      await world.signedIn(AGENT);
      return { on: world.other, message: { type: 'activity' } };
    },
  },
};

/** What is a desk's own, whatever another one says. Evidence of what was said is kept beside it. */
const OWN: readonly TableName[] = ['operations', 'cards', 'cardRecords', 'roomEvents', 'signIns'];
const ownEncoder = async ({ hotel }: World) => {
  const { ownership: _ownership, ...encoder } = (await hotel.rows('encoders')).find(({ mac }) => mac === MAC) ?? {};
  return encoder;
};

describe('what one desk says of another’s', () => {
  for (const [type, cases] of Object.entries(OF_ANOTHER_DESK)) {
    test.each(Object.keys(cases))(`${type}: %s changes nothing of it`, async (what) => {
      const world = await openWorld();
      const said = await cases[what]?.(world);
      const before = [await kept(world, OWN), await ownEncoder(world)];
      said?.on.say(said.message);
      await workedOn(world);
      expect([await kept(world, OWN), await ownEncoder(world)]).toEqual(before);
    });
  }

  test('covers every message that names an encoder, an operation, a nonce or a sign-in', () => {
    // A sign-in ends the member's own at another desk: that is what it is for. The others name nothing.
    expect(Object.keys(EFFECTIVE).filter((type) => !(type in OF_ANOTHER_DESK))).toEqual(['sign-in', 'ping']);
  });
});

import {
  AGENT_PROTOCOL,
  type AgentId,
  type AgentMessage,
  agentMessage,
  BLANK,
  type Chip,
  type JournalId,
  type JournalRecord,
  type Mac,
  type Nonce,
  type OperationId,
  type Serial,
} from '@keyrack/protocol';
import { describe, expect, test } from 'vitest';
import { createOutcomes } from '../runtime/outcomes.ts';
import { createRunner } from '../runtime/runner.ts';
import type { TableName } from '../store/schema.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import {
  AGENT,
  CARD,
  ISSUED,
  MAC,
  NOW,
  OTHER_AGENT,
  OTHER_MAC,
  openHotel,
  P,
  TestJournal,
  uuid,
  VISIT,
} from '../transactions/testing/hotel.ts';
import {
  connect,
  encodersOf,
  helloOf,
  type OpenConnection,
  openConnection,
  serve,
} from './testing/connected-agents.ts';
import { dispatcherOver, failTheTest } from './testing/dispatcher-over.ts';

/**
 * Each message of the protocol, said on a connection that doesn't count any more, and said of what is another desk's.
 * What a table here doesn't name doesn't compile or fails: a new message gets its rows.
 */

type Type = AgentMessage['type'];

const OP = uuid<OperationId>(10);
const NONCE = uuid<Nonce>(20);
const NEW_MAC = '7C778A6C7D00' as Mac;
const WRONG_CARD = '04FFEE' as Serial;
const CHIP: Chip = 'classic-1k';
const MEMBER_ROW = { id: 'member', version: 1 };

async function openWorld() {
  const hotel = await openHotel();
  const clock = createVirtualClock(NOW);
  (await serve(hotel, hotel.store, { clock })).stop();
  const outcomes = createOutcomes(failTheTest);
  const run = createRunner(hotel.store, outcomes);
  const checkMember = async () => ({ ok: true, member: MEMBER_ROW }) as never;
  const dispatcher = dispatcherOver(run, hotel.store.read, clock, { outcomes, checkMember });
  const journals = new Map<AgentId, TestJournal>([
    [AGENT, new TestJournal()],
    [OTHER_AGENT, new TestJournal(uuid<JournalId>(51))],
  ]);
  const journalOf = (agent: AgentId) => journals.get(agent) as TestJournal;
  const own = await connect(dispatcher, AGENT, journalOf(AGENT), [MAC]);
  const other = await connect(dispatcher, OTHER_AGENT, journalOf(OTHER_AGENT), [OTHER_MAC]);
  const put = (rows: readonly object[]) => run('putRows', { rows: rows as never, onlyIfEmpty: false });
  return {
    hotel,
    clock,
    dispatcher,
    journalOf,
    own,
    other,
    put,
    run,
    /** The agent says hello on a connection of its own, and is told from where on to tell its journal. */
    async greeted(agent: AgentId): Promise<OpenConnection> {
      const connection = openConnection(dispatcher);
      connection.say(helloOf(agent, journalOf(agent), agent === AGENT ? [MAC] : [OTHER_MAC]));
      await expect.poll(() => connection.heard.some(({ type }) => type === 'cursor')).toBe(true);
      return connection;
    },
    /** Opens a card on that connection and waits for its keys. */
    async opened(connection: OpenConnection, operation: OperationId | null, serial = CARD) {
      connection.say({ type: 'open', nonce: NONCE, operation, encoder: MAC, serial, chip: CHIP });
      await expect.poll(() => connection.heard.some(({ type }) => type === 'keys')).toBe(true);
    },
    /** Something was granted to the first desk. */
    async granted(connection: OpenConnection = own) {
      await hotel.accept(OP);
      await this.opened(connection, OP);
      connection.say({ type: 'present', nonce: NONCE, operation: OP, serial: CARD, content: ISSUED });
      await expect.poll(async () => (await hotel.operation(OP)).state).toBe('granted');
    },
    async unknown() {
      await this.granted();
      await put([
        { table: 'operations', row: { ...(await hotel.operation(OP)), state: 'unknown', cause: 'outcome-unknown' } },
      ]);
    },
    async unlifted() {
      const encoder = (await hotel.rows('encoders')).find(({ mac }) => mac === MAC);
      await put([{ table: 'encoders', row: { ...encoder, unlifted: [{ operation: OP, serial: CARD }] } }]);
    },
    signedIn: (agentId: AgentId) =>
      put([
        { table: 'signIns', row: { propertyId: P, memberId: 'member', agentId, at: NOW, lastActiveAt: NOW - 1_000 } },
      ]),
  };
}
type World = Awaited<ReturnType<typeof openWorld>>;

/** What is kept of these, as text. */
async function kept({ hotel }: World, tables: readonly TableName[]): Promise<string> {
  const all = await Promise.all(tables.map(async (table) => [table, await hotel.rows(table)]));
  return JSON.stringify(all, null, 1);
}

/** Lets what was said be worked on, and a few beats of the server pass. */
const workedOn = ({ clock }: World) => clock.advance(6_000);

interface Said {
  readonly on: OpenConnection;
  readonly message: AgentMessage;
}

/** The result of OP's write, and more behind it than is left to the end of a catch-up. */
function manyRecords(world: World, agent: AgentId): JournalRecord[] {
  const journal = world.journalOf(agent).write(OP, NONCE).result(OP, NONCE, 'succeeded');
  for (let n = 0; n < 200; n += 1)
    journal.write(uuid(10_000 + n), uuid(20_000 + n)).result(uuid(10_000 + n), uuid(20_000 + n), 'succeeded');
  return [...journal.records];
}

/** Prepares a world in which the message changes something, on a connection of AGENT that isn't over yet. */
const EFFECTIVE: Readonly<Record<Exclude<Type, 'pair' | 'hello'>, (world: World) => Promise<Said>>> = {
  'catch-up': async (world) => {
    await world.granted();
    const on = await world.greeted(AGENT);
    const { records } = world.journalOf(AGENT).write(OP, NONCE).result(OP, NONCE, 'succeeded');
    return { on, message: { type: 'catch-up', records, inProgress: [] } };
  },
  records: async (world) => {
    await world.granted();
    const on = await world.greeted(AGENT);
    return { on, message: { type: 'records', records: manyRecords(world, AGENT), unfinished: [], inProgress: [] } };
  },
  encoders: async ({ own }) => ({
    on: own,
    message: { type: 'encoders', encoders: encodersOf([MAC, NEW_MAC]) as never },
  }),
  open: async ({ hotel, own }) => {
    await hotel.accept(OP);
    const message = {
      type: 'open',
      nonce: NONCE,
      operation: OP,
      encoder: MAC,
      serial: WRONG_CARD,
      chip: CHIP,
    } as const;
    return { on: own, message };
  },
  present: async (world) => {
    await world.hotel.accept(OP);
    await world.opened(world.own, OP);
    return {
      on: world.own,
      message: { type: 'present', nonce: NONCE, operation: OP, serial: CARD, content: ISSUED },
    };
  },
  reading: async (world) => {
    await world.unknown();
    const heard = world.own.heard.length;
    world.own.say({ type: 'open', nonce: uuid(21), operation: null, encoder: MAC, serial: CARD, chip: CHIP });
    await expect.poll(() => world.own.heard.slice(heard).some(({ type }) => type === 'keys')).toBe(true);
    return { on: world.own, message: { type: 'reading', nonce: uuid<Nonce>(21), serial: CARD, content: BLANK } };
  },
  'not-written': async (world) => {
    await world.granted();
    return { on: world.own, message: { type: 'not-written', nonce: NONCE, operation: OP, reason: 'x' } };
  },
  report: async (world) => {
    await world.granted();
    const { records } = world.journalOf(AGENT).write(OP, NONCE).result(OP, NONCE, 'succeeded');
    return { on: world.own, message: { type: 'report', records } };
  },
  lifted: async (world) => {
    await world.unlifted();
    return { on: world.own, message: { type: 'lifted', encoder: MAC } };
  },
  unusable: async ({ hotel, own }) => {
    await hotel.accept(OP);
    return { on: own, message: { type: 'unusable', operation: OP, encoder: MAC, reason: 'not-a-room-card' } };
  },
  decline: async ({ hotel, own }) => {
    await hotel.accept(OP);
    return { on: own, message: { type: 'decline', operation: OP } };
  },
  'sign-in': async ({ own }) => ({
    on: own,
    message: { type: 'sign-in', request: 1, areaCode: '86', mobile: '1', email: '', password: '0'.repeat(32) },
  }),
  'sign-out': async (world) => {
    await world.signedIn(AGENT);
    return { on: world.own, message: { type: 'sign-out', request: 1 } };
  },
  activity: async (world) => {
    await world.signedIn(AGENT);
    return { on: world.own, message: { type: 'activity' } };
  },
  ping: async (world) => {
    // That it is heard makes an encoder disputed that another desk names.
    world.other.tellEncoders([OTHER_MAC, MAC]);
    await expect.poll(async () => (await world.hotel.rows('encoderClaims')).length).toBe(1);
    return { on: world.own, message: { type: 'ping' } };
  },
};

/** Everything that is durable. Of agents: all that a session of theirs may change. */
const EVERYTHING: readonly TableName[] = [
  ...(['facts', 'agents', 'encoders', 'encoderClaims', 'signIns', 'cards', 'cardRecords', 'operations'] as const),
  ...(['roomEvents', 'audit', 'retiredJournals', 'pairingCodes'] as const),
];

/** How a connection ceases to count before its server has noticed. */
const FENCES: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  replaced: ({ run, journalOf }) => {
    const { id, head } = journalOf(AGENT);
    return run('startSession', { propertyId: P, agentId: AGENT, journal: { id, head }, visit: VISIT });
  },
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
  expect([...Object.keys(EFFECTIVE), 'pair', 'hello'].sort()).toEqual([...types].sort());
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

import {
  type AgentId,
  type AgentMessage,
  BLANK,
  type Chip,
  type JournalId,
  type JournalRecord,
  type Mac,
  type Nonce,
  type OperationId,
  type Serial,
} from '@keyrack/protocol';
import { expect } from 'vitest';
import { createOutcomes } from '../../runtime/outcomes.ts';
import { createRunner } from '../../runtime/runner.ts';
import type { TableName } from '../../store/row-types.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
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
} from '../../transactions/testing/hotel.ts';
import { connect, encodersOf, helloOf, type OpenConnection, openConnection, serve } from './connected-agents.ts';
import { dispatcherOver, failTheTest } from './dispatcher-over.ts';

export type Type = AgentMessage['type'];

export const OP = uuid<OperationId>(10);
export const NONCE = uuid<Nonce>(20);
export const NEW_MAC = '7C778A6C7D00' as Mac;
export const WRONG_CARD = '04FFEE' as Serial;
export const CHIP: Chip = 'classic-1k';
export const MEMBER_ROW = { id: 'member', version: 1 };

/** Two desks of one property, and a cancel at the first: what messages are said in. */
export async function openWorld() {
  const hotel = await openHotel();
  const clock = createVirtualClock(NOW);
  await (await serve(hotel, hotel.store, { clock })).stop();
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
export type World = Awaited<ReturnType<typeof openWorld>>;

/** What is kept of these, as text. */
export async function kept({ hotel }: World, tables: readonly TableName[]): Promise<string> {
  const all = await Promise.all(tables.map(async (table) => [table, await hotel.rows(table)]));
  return JSON.stringify(all, null, 1);
}

/** Lets what was said be worked on, and a few beats of the server pass. */
export const workedOn = ({ clock }: World) => clock.advance(6_000);

export interface Said {
  readonly on: OpenConnection;
  readonly message: AgentMessage;
}

/** The result of OP's write, and more behind it than is left to the end of a catch-up. */
export function manyRecords(world: World, agent: AgentId): JournalRecord[] {
  const journal = world.journalOf(agent).write(OP, NONCE).result(OP, NONCE, 'succeeded');
  for (let n = 0; n < 200; n += 1)
    journal.write(uuid(10_000 + n), uuid(20_000 + n)).result(uuid(10_000 + n), uuid(20_000 + n), 'succeeded');
  return [...journal.records];
}

/** These change nothing: they answer, ask or tell something of their own connection alone. */
export const ANSWERS = ['sandbox', 'ask-offer', 'update-failed'] as const satisfies readonly Type[];

/** Prepares a world in which the message changes something, on a connection of AGENT that isn't over yet. */
export const EFFECTIVE: Readonly<
  Record<Exclude<Type, 'pair' | 'hello' | (typeof ANSWERS)[number]>, (world: World) => Promise<Said>>
> = {
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

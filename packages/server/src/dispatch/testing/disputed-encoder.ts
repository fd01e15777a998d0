import { AGENT_LIMITS, type AgentId, type JournalId, type Mac, type OperationId } from '@keyrack/protocol';
import { expect } from 'vitest';
import { createOutcomes } from '../../runtime/outcomes.ts';
import { createRunner } from '../../runtime/runner.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import {
  AGENT,
  CARD,
  MAC,
  NOW,
  OTHER_AGENT,
  openHotel,
  P,
  TestJournal,
  uuid,
} from '../../transactions/testing/hotel.ts';
import { type ConnectedAgent, connect, serve } from './connected-agents.ts';
import { dispatcherOver, failTheTest } from './dispatcher-over.ts';

/** One MAC at two front desks: readers whose makers gave them all the same serial number. */

export const OP = uuid<OperationId>(10);
export const NEXT = uuid<OperationId>(11);
export const { silenceMs } = AGENT_LIMITS;
/** A word of the first desk has been noticed this long after it. */
export const SOON_MS = 5_000;

export async function open() {
  const hotel = await openHotel();
  const clock = createVirtualClock(NOW);
  // Enrols both agents.
  await (await serve(hotel, hotel.store, { clock })).stop();
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
    async restart() {
      await server.dispatcher.stop();
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
    /** The verdict on a desk that opens a card for the operation unasked, as if it was asked before. */
    async opens(agentId: AgentId, operation: OperationId = OP) {
      const session = (await hotel.rows('agents')).find(({ id }) => id === agentId)?.session ?? 0;
      const ref = { propertyId: P, agentId, session };
      const result = await server.run('openCard', { ...ref, operation, encoder: MAC, serial: CARD, now: clock.now() });
      return result.verdict === 'refused' ? result.refusal.cause : result.verdict;
    },
  };
  return world;
}
export type World = Awaited<ReturnType<typeof open>>;

/** Both desks are connected with the same MAC, and the first was heard after the second came. */
export async function openDisputed(also: readonly Mac[] = []) {
  const world = await open();
  const first = await world.connect(AGENT, [MAC, ...also]);
  const second = await world.connect(OTHER_AGENT, [MAC]);
  first.say({ type: 'ping' });
  await world.clock.advance(SOON_MS);
  expect(await world.encoder()).toMatchObject({ ownership: 'disputed' });
  return { world, first, second };
}

/** Time passes without a word from anybody but `others`. */
export const sayNothing = async (world: World, ms: number, ...others: readonly ConnectedAgent[]) => {
  for (let passed = 0; passed < ms; passed += 5_000) {
    for (const other of others) other.say({ type: 'ping' });
    await world.clock.advance(Math.min(5_000, ms - passed));
  }
};

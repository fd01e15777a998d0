import type { AgentId, JournalId, Mac, Nonce, OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { CatchUp } from '../transactions/journal/catch-up.ts';
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
import { type ConnectedAgent, connect, serve } from './testing/connected-agents.ts';

/** Which connection an operation goes to when encoders come and go. */

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const NONCE = uuid<Nonce>(20);

/** @param between runs when that agent's catch-up is on disk, before anybody hears of it */
async function open(between: (agent: AgentId) => Promise<unknown> = async () => {}) {
  const hotel = await openHotel();
  const run: Hotel['store']['run'] = async (name, input) => {
    const result = await hotel.store.run(name, input);
    if (name === 'catchUp') await between((input as CatchUp).agentId);
    return result;
  };
  const dispatcher = await serve(hotel, { ...hotel.store, run });
  const journal = new TestJournal();
  const otherJournal = new TestJournal(uuid<JournalId>(51));
  return {
    hotel,
    dispatcher,
    journal,
    connect: (macs: readonly Mac[]) => connect(dispatcher, AGENT, journal, macs),
    connectOther: (macs: readonly Mac[]) => connect(dispatcher, OTHER_AGENT, otherJournal, macs),
  };
}

const whereIs = async (hotel: Hotel) => (await hotel.rows('encoders')).find(({ mac }) => mac === MAC)?.agentId;

test('an encoder that one agent has no longer belongs to the other one that told of it meanwhile', async () => {
  const { hotel, dispatcher, ...desks } = await open();
  const other = await desks.connectOther([MAC]);
  // It said hello before the encoder was carried away, and noticed only when it was welcome.
  const late = await desks.connect([MAC, OTHER_MAC]);
  late.tellEncoders([OTHER_MAC]);
  expect(await dispatcher.wake(await hotel.accept(OP))).toBe('asked');
  await expect.poll(() => other.prompted()).toContain(OP);
  expect(late.prompted()).toEqual([]);
});

test('the same when the one that has it is welcomed last', async () => {
  const late = Promise.withResolvers<ConnectedAgent>();
  const desks = await open(async (agent) => agent === OTHER_AGENT && (await late.promise));
  const connecting = desks.connectOther([MAC]);
  await expect.poll(() => whereIs(desks.hotel)).toBe(OTHER_AGENT);
  late.resolve(await desks.connect([MAC, OTHER_MAC]));
  const other = await connecting;
  (await late.promise).tellEncoders([OTHER_MAC]);
  await desks.dispatcher.wake(await desks.hotel.accept(OP));
  await expect.poll(() => other.prompted()).toContain(OP);
});

test('an encoder that a grant kept back is asked for at the other desk when the grant ends', async () => {
  const desks = await open();
  const { hotel, dispatcher, journal } = desks;
  const { report, tellEncoders } = await desks.connect([MAC]);
  await hotel.accept(OP);
  const session = (await hotel.rows('agents')).find(({ id }) => id === AGENT)?.session ?? 0;
  expect(await hotel.present(session, OP, NONCE)).toMatchObject({ verdict: 'granted' });
  tellEncoders([]);
  const other = await desks.connectOther([MAC]);
  await dispatcher.wake(await hotel.accept(NEXT));
  expect(await whereIs(hotel)).toBe(AGENT);
  report(journal.write(OP, NONCE).result(OP, NONCE, 'succeeded').records);
  await expect.poll(() => other.prompted()).toEqual([NEXT]);
});

test('an encoder that was unplugged is offline, though its agent is there', async () => {
  const { hotel, dispatcher, ...desks } = await open();
  const { tellEncoders } = await desks.connect([MAC]);
  expect(await dispatcher.wake(await hotel.accept(OP))).toBe('asked');
  tellEncoders([]);
  const next = await hotel.accept(NEXT);
  await expect.poll(() => dispatcher.wake(next)).toBe('offline');
});

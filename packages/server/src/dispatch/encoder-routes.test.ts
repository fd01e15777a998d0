import type { JournalId, Mac, OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { AGENT, type Hotel, MAC, OTHER_MAC, openHotel, TestJournal, uuid } from '../operations/testing/hotel.ts';
import { connect, OTHER_AGENT, serve } from './testing/connected-agents.ts';

/** Which connection an operation goes to when encoders come and go. */

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);

async function open() {
  const hotel = await openHotel();
  const dispatcher = await serve(hotel);
  const journal = new TestJournal();
  const otherJournal = new TestJournal(uuid<JournalId>(51));
  return {
    hotel,
    dispatcher,
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
  expect(await whereIs(hotel)).toBe(AGENT);
  late.tellEncoders([OTHER_MAC]);
  await expect.poll(() => whereIs(hotel)).toBe(OTHER_AGENT);
  expect(await dispatcher.wake(await hotel.accept(OP))).toBe('asked');
  await expect.poll(() => other.prompted()).toContain(OP);
  expect(late.prompted()).toEqual([]);
});

test('an encoder that was unplugged is offline, though its agent is there', async () => {
  const { hotel, dispatcher, ...desks } = await open();
  const { tellEncoders } = await desks.connect([MAC]);
  expect(await dispatcher.wake(await hotel.accept(OP))).toBe('asked');
  tellEncoders([]);
  const next = await hotel.accept(NEXT);
  await expect.poll(() => dispatcher.wake(next)).toBe('offline');
});

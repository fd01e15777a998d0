import type { Nonce, OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { AGENT, CARD, type Hotel, ISSUED, MAC, openHotel, TestJournal, uuid } from '../transactions/testing/hotel.ts';
import { connect, serve } from './testing/connected-agents.ts';

/**
 * A grant that was recorded while its connection ended, so that it was never sent: nobody can have obeyed it. The operation is
 * free for another try at once. Else it waits for its agent, and is unknown where that was replaced meanwhile.
 */

const OP = uuid<OperationId>(10);
const NONCE = uuid<Nonce>(20);

/** An agent that presented the card, and a server that recorded the grant and doesn't know it yet. */
async function presented() {
  const hotel = await openHotel();
  const granted = Promise.withResolvers<void>();
  const known = Promise.withResolvers<void>();
  const run: Hotel['store']['run'] = async (name, input) => {
    const result = await hotel.store.run(name, input);
    if (name === 'grantWrite') {
      granted.resolve();
      await known.promise;
    }
    return result;
  };
  const dispatcher = await serve(hotel, { ...hotel.store, run });
  const agent = await connect(dispatcher, AGENT, new TestJournal(), [MAC]);
  await hotel.accept(OP);
  agent.say({ type: 'open', nonce: NONCE, operation: OP, encoder: MAC, serial: CARD, chip: 'classic-1k' });
  await expect.poll(() => agent.heard.some(({ type }) => type === 'keys')).toBe(true);
  agent.say({ type: 'present', nonce: NONCE, operation: OP, serial: CARD, content: ISSUED });
  await granted.promise;
  const isGranted = () => agent.heard.some(({ type }) => type === 'grant');
  return { hotel, dispatcher, agent, isGranted, heardOfIt: known.resolve };
}

test('is taken back where the connection broke', async () => {
  const { hotel, agent, isGranted, heardOfIt } = await presented();
  agent.breakOff();
  expect((await hotel.operation(OP)).state).toBe('granted');
  heardOfIt();
  await expect.poll(async () => (await hotel.operation(OP)).state).toBe('accepted');
  expect(isGranted()).toBe(false);
});

test('is taken back by a server that stops, before it has stopped', async () => {
  const { hotel, dispatcher, isGranted, heardOfIt } = await presented();
  const stopped = dispatcher.stop();
  heardOfIt();
  await stopped;
  expect((await hotel.operation(OP)).state).toBe('accepted');
  expect(isGranted()).toBe(false);
});

test('stays where it was sent before', async () => {
  const { hotel, dispatcher, agent, isGranted, heardOfIt } = await presented();
  heardOfIt();
  await expect.poll(isGranted).toBe(true);
  agent.breakOff();
  await dispatcher.stop();
  expect((await hotel.operation(OP)).state).toBe('granted');
});

import type { Nonce, OperationId } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { AcceptResult } from '../transactions/accept/accept-request.ts';
import {
  AGENT,
  CARD,
  type Hotel,
  ISSUED,
  MAC,
  OTHER_AGENT,
  openHotel,
  P,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { connect, serve } from './testing/connected-agents.ts';

/** An acceptance tells what comes first at its encoder, so that the agent is asked for it without another question. */

const OP = uuid<OperationId>(10);
const NEXT = uuid<OperationId>(11);
const NONCE = uuid<Nonce>(20);

async function open() {
  const hotel = await openHotel();
  const asked: string[] = [];
  const read: Hotel['store']['read'] = (name, input) => {
    asked.push(name);
    return hotel.store.read(name, input);
  };
  const dispatcher = await serve(hotel, { ...hotel.store, read });
  const journal = new TestJournal();
  const agent = await connect(dispatcher, AGENT, journal, [MAC]);
  await expect.poll(() => asked.filter((name) => name === 'nextPrompt')).toHaveLength(1);
  /** The agent carries this cancel out, up to the acknowledgement of its result. */
  const carriedOut = async (operation: OperationId) => {
    agent.say({ type: 'open', nonce: NONCE, operation, encoder: MAC, serial: CARD, chip: 'classic-1k' });
    await expect.poll(() => agent.heard.some(({ type }) => type === 'keys')).toBe(true);
    agent.say({ type: 'present', nonce: NONCE, operation, serial: CARD, content: ISSUED });
    await expect.poll(() => agent.heard.some(({ type }) => type === 'grant')).toBe(true);
    const { records } = journal.write(operation, NONCE).result(operation, NONCE, 'succeeded');
    const acknowledgements = () => agent.heard.filter(({ type }) => type === 'acknowledge').length;
    const before = acknowledgements();
    agent.say({ type: 'report', records });
    await expect.poll(acknowledgements).toBe(before + 1);
    // What was begun before this question is answered before it.
    await hotel.store.read('hasUnknown', { propertyId: P });
    expect((await hotel.operation(operation)).state).toBe('succeeded');
  };
  const questions = () => asked.filter((name) => name === 'nextPrompt').length - 1;
  return { hotel, dispatcher, agent, carriedOut, questions };
}

const acceptedOf = (result: AcceptResult) => {
  if (result.verdict !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  return result;
};

test('an operation that nothing waits before is asked for at once', async () => {
  const { hotel, dispatcher, agent, questions } = await open();
  const { operation, prompt } = acceptedOf(await hotel.askToCancel(OP, OP));
  expect(prompt).toEqual({ room: expect.any(String) });
  expect(await dispatcher.wake(operation, prompt)).toBe('asked');
  const told = agent.heard.find(({ type }) => type === 'prompt');
  expect(told).toMatchObject({ operation: OP, encoder: MAC, room: prompt?.room });
  expect(questions()).toBe(0);
});

test('one that waits behind another is asked for in its turn', async () => {
  const { hotel, dispatcher, agent } = await open();
  await hotel.accept(OP);
  const { operation, prompt } = acceptedOf(await hotel.askToCancel(NEXT, NEXT));
  expect(prompt).toBe(null);
  await dispatcher.wake(operation, prompt);
  await expect.poll(() => agent.prompted()).toEqual([OP]);
});

test('so is one behind a message of its agent that is still being worked on', async () => {
  const { hotel, dispatcher, agent, questions } = await open();
  const { operation, prompt } = acceptedOf(await hotel.askToCancel(OP, OP));
  agent.say({ type: 'lifted', encoder: MAC });
  await dispatcher.wake(operation, prompt);
  await expect.poll(() => agent.prompted()).toEqual([OP]);
  expect(questions()).toBe(1);
});

test('where two desks have its encoder, the database says which one is asked', async () => {
  const { hotel, dispatcher, agent, questions } = await open();
  const { operation, prompt } = acceptedOf(await hotel.askToCancel(OP, OP));
  const other = await connect(dispatcher, OTHER_AGENT, new TestJournal(), [MAC]);
  const before = questions();
  await dispatcher.wake(operation, prompt);
  await expect.poll(questions).toBeGreaterThan(before);
  expect([...agent.prompted(), ...other.prompted()].length).toBeLessThanOrEqual(1);
});

test('behind an end that nothing waits for, the database isn’t asked what comes next', async () => {
  const { hotel, dispatcher, carriedOut, questions } = await open();
  const { operation, prompt } = acceptedOf(await hotel.askToCancel(OP, OP));
  await dispatcher.wake(operation, prompt);
  await carriedOut(OP);
  expect(questions()).toBe(0);
});

test('what waits behind an end is asked for', async () => {
  const { hotel, dispatcher, agent, carriedOut } = await open();
  const first = acceptedOf(await hotel.askToCancel(OP, OP));
  await dispatcher.wake(first.operation, first.prompt);
  await hotel.accept(NEXT);
  await carriedOut(OP);
  await expect.poll(() => agent.prompted()).toEqual([OP, NEXT]);
});

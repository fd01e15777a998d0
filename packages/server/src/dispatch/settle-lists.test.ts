import { BLANK, type InstanceId, type Nonce, type OperationId, type Serial } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { StoreError } from '../store/store.ts';
import {
  AGENT,
  CARD,
  type Hotel,
  ISSUED,
  MAC,
  NOW,
  OTHER_AGENT,
  openHotel,
  TestJournal,
  uuid,
} from '../transactions/testing/hotel.ts';
import { type ConnectedAgent, connect, serve } from './testing/connected-agents.ts';
import { handClock } from './testing/hand-clock.ts';

const OP = uuid<OperationId>(10);
const NONCE = uuid<Nonce>(20);

/** A hotel of which nobody can tell yet whether the last write to CARD came about; lists can be made to take their time. */
async function open() {
  const hotel = await openHotel();
  const held: (() => void)[] = [];
  let holds = false;
  const read: Hotel['store']['read'] = async (name, input) => {
    const answer = await hotel.store.read(name, input);
    if (name === 'settleList' && holds) await new Promise<void>((resolve) => held.push(resolve));
    return answer;
  };
  const dispatcher = await serve(hotel, { ...hotel.store, read });
  const card = (await hotel.rows('cards'))[0];
  await connect(dispatcher, AGENT, new TestJournal(), [MAC]);
  const accepted = await hotel.accept(OP);
  const grant = {
    nonce: NONCE,
    agentId: AGENT,
    session: 1,
    instance: uuid<InstanceId>(2),
    serial: CARD,
    at: NOW,
    life: 1,
  };
  const unknown = {
    ...accepted,
    state: 'unknown',
    cause: 'agent-restarted',
    grant: { ...grant, before: ISSUED, target: BLANK },
  };
  const rows = [
    { table: 'operations', row: unknown },
    { table: 'cards', row: { ...card, lastGranted: OP } },
  ];
  await hotel.store.run('putRows', { rows: rows as never, onlyIfEmpty: false });
  return {
    hotel,
    dispatcher,
    holdLists: () => {
      holds = true;
    },
    heldLists: () => held.length,
    letGo: () => {
      holds = false;
      for (const each of held.splice(0)) each();
    },
    /** The agent reads the card, and so the operation is settled. */
    async settle(agent: ConnectedAgent) {
      const nonce = uuid<Nonce>(21);
      agent.say({ type: 'open', nonce, operation: null, encoder: MAC, serial: CARD, chip: 'classic-1k' });
      await expect.poll(() => agent.heard.some(({ type }) => type === 'keys')).toBe(true);
      agent.say({ type: 'reading', nonce, serial: CARD, content: BLANK });
      await expect.poll(async () => (await hotel.operation(OP)).state).toBe('succeeded');
    },
  };
}

/** The lists that an agent heard. */
const listsOf = (agent: ConnectedAgent): Serial[][] =>
  agent.heard.flatMap((message) => (message.type === 'settle' ? [message.serials] : []));

test('an operation that is settled while the list of a newcomer is read is not asked for any more', async () => {
  const { dispatcher, holdLists, heldLists, letGo, settle } = await open();
  holdLists();
  const agent = await connect(dispatcher, AGENT, new TestJournal(), [MAC], 'all');
  await expect.poll(heldLists).toBe(1);
  await settle(agent);
  letGo();
  await expect.poll(() => listsOf(agent).length).toBeGreaterThan(1);
  expect(listsOf(agent)).toEqual([[CARD], []]);
});

test('a list that was read before a change is not told after the one from behind it', async () => {
  const { dispatcher, holdLists, heldLists, letGo, settle } = await open();
  const agent = await connect(dispatcher, AGENT, new TestJournal(), [MAC], 'all');
  await expect.poll(() => listsOf(agent)).toEqual([[CARD]]);
  holdLists();
  const newcomer = await connect(dispatcher, OTHER_AGENT, new TestJournal(uuid(51)), []);
  await expect.poll(heldLists).toBe(1);
  await settle(agent);
  letGo();
  await expect.poll(() => listsOf(newcomer).flat()).toEqual([CARD]);
  for (const each of [agent, newcomer]) await expect.poll(() => listsOf(each).at(-1)).toEqual([]);
});

test('a list that could not be read is read again, for all', async () => {
  const hotel = await openHotel();
  const clock = handClock();
  let failures = 2;
  const read: Hotel['store']['read'] = async (name, input) => {
    if (name !== 'hasUnknown' || failures === 0) return hotel.store.read(name, input);
    failures -= 1;
    throw new StoreError('aborted', 'the thread that reads lists ended by itself');
  };
  const dispatcher = await serve(hotel, { ...hotel.store, read }, { clock });
  const agent = await connect(dispatcher, AGENT, new TestJournal(), [MAC]);
  await clock.advance(1);
  expect(listsOf(agent)).toEqual([]);
  await clock.advance(60_000);
  expect(listsOf(agent)).toEqual([[]]);
  expect(failures).toBe(0);
  await dispatcher.stop();
});

test('all who ask while a list is read hear one more list, and nobody hears none', async () => {
  const { dispatcher, holdLists, heldLists, letGo } = await open();
  holdLists();
  const first = await connect(dispatcher, AGENT, new TestJournal(), [MAC], 'all');
  await expect.poll(heldLists).toBe(1);
  const second = await connect(dispatcher, OTHER_AGENT, new TestJournal(uuid(51)), []);
  expect(heldLists()).toBe(1);
  letGo();
  for (const each of [first, second]) await expect.poll(() => listsOf(each).at(-1)).toEqual([CARD]);
});

import { createHash } from 'node:crypto';
import { AGENT_PROTOCOL, type AgentId, type InstanceId, type JournalId, type ServerMessage } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import type { Clock } from '../operations/clock.ts';
import { createFailureLimit } from '../operations/failure-limit.ts';
import { createOutcomes } from '../operations/outcomes.ts';
import { createRunner } from '../operations/runner.ts';
import { AGENT, type Hotel, MAC, NOW, OTHER_MAC, openHotel, TestJournal, uuid } from '../operations/testing/hotel.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';

const OTHER_AGENT = uuid<AgentId>(50);
const OPERATION = uuid<never>(10);
const TOKEN = 't'.repeat(43);

/** A server over the hotel's store, whose two agents show the same token. */
async function serve(hotel: Hotel): Promise<Dispatcher> {
  const [agent] = await hotel.rows('agents');
  if (agent === undefined) throw new Error('the hotel has no agent');
  const tokenHash = createHash('sha256').update(TOKEN).digest('hex');
  const rows = [AGENT, OTHER_AGENT].map((id) => ({ table: 'agents', row: { ...agent, id, tokenHash } }) as const);
  await hotel.store.run('putRows', { rows, onlyIfEmpty: false });
  const clock: Clock = { now: () => NOW, monotonic: () => 0, setTimeout: () => ({}), clearTimeout: () => {} };
  const outcomes = createOutcomes();
  return createDispatcher({
    run: createRunner(hotel.store, outcomes),
    clock,
    outcomes,
    credentials: { checkMember: () => Promise.reject(new Error('nobody signs in here')) } as never,
    openCardKey: () => new Uint8Array(),
    signInIdleMs: 1,
    newId: () => 'id',
    newChallenge: () => 'c'.repeat(43),
    pairing: createFailureLimit(clock, 3),
    log: { step: () => {}, error: () => {} },
  });
}

/** An agent on a connection of its own; resolves when it is welcomed, with what it hears after that. */
function connect(dispatcher: Dispatcher, agent: AgentId, journal: TestJournal, encoder: string, acknowledged = 0) {
  const heard: ServerMessage[] = [];
  return new Promise<ServerMessage[]>((welcomed) => {
    const say = (message: object) => session.receive(JSON.stringify(message));
    const session = dispatcher.connect({
      send: (text) => {
        const message = JSON.parse(text) as ServerMessage;
        if (message.type === 'cursor') {
          say({ type: 'catch-up', records: journal.after(message.position), inProgress: [] });
        } else if (message.type === 'welcome') {
          welcomed(heard);
        } else {
          heard.push(message);
        }
      },
      close: () => {},
    });
    say({
      type: 'hello',
      protocol: AGENT_PROTOCOL,
      agent,
      proof: { by: 'token', token: TOKEN },
      instance: uuid<InstanceId>(2),
      software: 'test',
      journal: { id: journal.id, head: journal.head },
      acknowledged: acknowledged === 0 ? null : journal.head,
      encoders: [{ mac: encoder, name: 'Encoder', forSignedIn: false }],
    });
  });
}

test('a restore that one agent gives away has every agent that caught up before it catch up once more', async () => {
  const hotel = await openHotel();
  const dispatcher = await serve(hotel);
  const journal = new TestJournal();
  const otherJournal = new TestJournal(uuid<JournalId>(51));
  await connect(dispatcher, AGENT, journal, MAC);
  await connect(dispatcher, OTHER_AGENT, otherJournal, OTHER_MAC);
  const heard = await connect(dispatcher, AGENT, journal, MAC);
  await hotel.accept(OPERATION);

  otherJournal.write(uuid(60), uuid(61)).result(uuid(60), uuid(61), 'succeeded');
  await connect(dispatcher, OTHER_AGENT, otherJournal, OTHER_MAC, otherJournal.head.number);
  expect(await hotel.operation(OPERATION)).toMatchObject({ held: true });
  expect(heard.at(-1)).toMatchObject({ type: 'refused', cause: 'database-restored', retry: true });

  await connect(dispatcher, AGENT, journal, MAC);
  expect(await hotel.operation(OPERATION)).toMatchObject({ state: 'written-off', held: false });
});

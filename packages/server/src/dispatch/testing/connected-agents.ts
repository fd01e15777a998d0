import { createHash } from 'node:crypto';
import {
  AGENT_PROTOCOL,
  type AgentId,
  type InstanceId,
  type JournalRecord,
  type Mac,
  type OperationId,
  type ServerMessage,
} from '@keyrack/protocol';
import type { Clock } from '../../operations/clock.ts';
import { createFailureLimit } from '../../operations/failure-limit.ts';
import { createOutcomes } from '../../operations/outcomes.ts';
import { createRunner } from '../../operations/runner.ts';
import { AGENT, type Hotel, NOW, type TestJournal, uuid } from '../../operations/testing/hotel.ts';
import { createDispatcher, type Dispatcher } from '../dispatcher.ts';

/** The second agent of the hotel, beside AGENT. */
export const OTHER_AGENT = uuid<AgentId>(50);

const TOKEN = 't'.repeat(43);

/** A server over the hotel's store, or that store in other hands, whose two agents show the same token. */
export async function serve(hotel: Hotel, store: Hotel['store'] = hotel.store): Promise<Dispatcher> {
  const [agent] = await hotel.rows('agents');
  if (agent === undefined) throw new Error('the hotel has no agent');
  const tokenHash = createHash('sha256').update(TOKEN).digest('hex');
  const rows = [AGENT, OTHER_AGENT].map((id) => ({ table: 'agents', row: { ...agent, id, tokenHash } }) as const);
  await hotel.store.run('putRows', { rows, onlyIfEmpty: false });
  const clock: Clock = { now: () => NOW, monotonic: () => 0, setTimeout: () => ({}), clearTimeout: () => {} };
  const outcomes = createOutcomes();
  return createDispatcher({
    run: createRunner(store, outcomes),
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

/** An agent's connection, once it is welcome. */
export interface ConnectedAgent {
  /** What it hears. */
  readonly heard: readonly ServerMessage[];
  /** What it was asked for. */
  prompted(): OperationId[];
  /** Says that it has these encoders now. */
  tellEncoders(macs: readonly Mac[]): void;
  report(records: readonly JournalRecord[]): void;
}

/** An agent with these encoders on a connection of its own; resolves when it is welcome. */
export function connect(
  dispatcher: Dispatcher,
  agent: AgentId,
  journal: TestJournal,
  macs: readonly Mac[],
  acknowledged: 'all' | 'nothing' = 'nothing',
): Promise<ConnectedAgent> {
  const heard: ServerMessage[] = [];
  const encodersOf = (those: readonly Mac[]) => those.map((mac) => ({ mac, name: 'Encoder', forSignedIn: false }));
  return new Promise((resolve) => {
    const say = (message: object) => session.receive(JSON.stringify(message));
    const connected: ConnectedAgent = {
      heard,
      prompted: () => heard.flatMap((message) => (message.type === 'prompt' ? [message.operation] : [])),
      tellEncoders: (now) => say({ type: 'encoders', encoders: encodersOf(now) }),
      report: (records) => say({ type: 'report', records }),
    };
    const session = dispatcher.connect({
      send: (text) => {
        const message = JSON.parse(text) as ServerMessage;
        if (message.type === 'cursor') {
          say({ type: 'catch-up', records: journal.after(message.position), inProgress: [] });
        } else if (message.type === 'welcome') {
          resolve(connected);
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
      acknowledged: acknowledged === 'all' ? journal.head : null,
      encoders: encodersOf(macs),
    });
  });
}

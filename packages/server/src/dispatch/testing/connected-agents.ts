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
import type { Clock } from '../../runtime/clock.ts';
import { createOutcomes } from '../../runtime/outcomes.ts';
import { createRunner } from '../../runtime/runner.ts';
import { AGENT, type Hotel, NOW, OTHER_AGENT, type TestJournal, uuid } from '../../transactions/testing/hotel.ts';
import type { Dispatcher } from '../dispatcher.ts';
import { dispatcherOver, failTheTest } from './dispatcher-over.ts';

const TOKEN = 't'.repeat(43);

/** A server over the hotel's store, or that store in other hands, whose two agents show the same token. */
export async function serve(hotel: Hotel, store: Hotel['store'] = hotel.store): Promise<Dispatcher> {
  await hotel.enrol([AGENT, OTHER_AGENT], createHash('sha256').update(TOKEN).digest('hex'));
  const clock: Clock = { now: () => NOW, monotonic: () => 0, setTimeout: () => ({}), clearTimeout: () => {} };
  const outcomes = createOutcomes(failTheTest);
  return dispatcherOver(createRunner(store, outcomes), clock, outcomes);
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
      address: '192.0.2.1',
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

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
import type { AgentQuotas } from '../../domain/limits.ts';
import type { Clock } from '../../runtime/clock.ts';
import { createOutcomes } from '../../runtime/outcomes.ts';
import { createRunner } from '../../runtime/runner.ts';
import { AGENT, type Hotel, NOW, OTHER_AGENT, type TestJournal, uuid } from '../../transactions/testing/hotel.ts';
import type { Dispatcher } from '../dispatcher.ts';
import { dispatcherOver, failTheTest } from './dispatcher-over.ts';

const TOKEN = 't'.repeat(43);

const STANDING_CLOCK: Clock = { now: () => NOW, monotonic: () => 0, setTimeout: () => ({}), clearTimeout: () => {} };

/** A server over the hotel's store, or that store in other hands, whose two agents show the same token. */
export async function serve(
  hotel: Hotel,
  store: Hotel['store'] = hotel.store,
  { clock = STANDING_CLOCK, quotas = {} }: { readonly clock?: Clock; readonly quotas?: Partial<AgentQuotas> } = {},
): Promise<Dispatcher> {
  await hotel.enrol([AGENT, OTHER_AGENT], createHash('sha256').update(TOKEN).digest('hex'));
  const outcomes = createOutcomes(failTheTest);
  return dispatcherOver(createRunner(store, outcomes), store.read, clock, { outcomes, quotas });
}

/** One connection on the agents' way, on which nothing was said yet. */
export interface OpenConnection {
  /** What it hears. */
  readonly heard: readonly ServerMessage[];
  isClosed(): boolean;
  /** A message, or any other text. */
  say(message: object | string): void;
  /** It breaks. */
  breakOff(): void;
}

export function openConnection(
  dispatcher: Dispatcher,
  hears: (message: ServerMessage, connection: OpenConnection) => void = () => {},
  address = '192.0.2.1',
  protocol: number = AGENT_PROTOCOL,
): OpenConnection {
  const heard: ServerMessage[] = [];
  let closed = false;
  const connection: OpenConnection = {
    heard,
    isClosed: () => closed,
    say: (message) => session.receive(typeof message === 'string' ? message : JSON.stringify(message)),
    breakOff: () => session.closed(),
  };
  const session = dispatcher.connect({
    protocol,
    address,
    proved: () => {},
    send(text) {
      const message = JSON.parse(text) as ServerMessage;
      heard.push(message);
      hears(message, connection);
    },
    close: () => {
      closed = true;
    },
  });
  return connection;
}

/** How an agent of the hotel begins. */
export function helloOf(
  agent: AgentId,
  journal: TestJournal,
  macs: readonly Mac[],
  acknowledged: 'all' | 'nothing' = 'nothing',
): object {
  return {
    type: 'hello',
    protocol: AGENT_PROTOCOL,
    agent,
    proof: { by: 'token', token: TOKEN },
    instance: uuid<InstanceId>(2),
    software: 'test',
    journal: { id: journal.id, head: journal.head },
    acknowledged: acknowledged === 'all' ? journal.head : null,
    encoders: encodersOf(macs),
  };
}

/** `marked` is the one for card types 2 and 3. */
export function encodersOf(macs: readonly Mac[], marked: Mac | null = null): readonly object[] {
  return macs.map((mac) => ({ mac, name: 'Encoder', forSignedIn: mac === marked }));
}

/** An agent's connection, once it is welcome. */
export interface ConnectedAgent extends OpenConnection {
  /** What it was asked for. */
  prompted(): OperationId[];
  /** What it was told last of its encoders that others have too. */
  disputes(): Extract<ServerMessage, { type: 'disputes' }>['disputes'];
  /** Says that it has these encoders now. */
  tellEncoders(macs: readonly Mac[], marked?: Mac): void;
  report(records: readonly JournalRecord[]): void;
}

/** An agent with these encoders on a connection of its own; resolves when it is welcome. */
export function connect(
  dispatcher: Dispatcher,
  agent: AgentId,
  journal: TestJournal,
  macs: readonly Mac[],
  acknowledged: 'all' | 'nothing' = 'nothing',
  lifted: readonly Mac[] = [],
): Promise<ConnectedAgent> {
  return new Promise((resolve) => {
    const opened = openConnection(dispatcher, (message, connection) => {
      const { say, heard } = connection;
      if (message.type === 'cursor') {
        say({ type: 'catch-up', records: journal.after(message.position), inProgress: [], lifted });
      } else if (message.type === 'welcome') {
        resolve({
          ...connection,
          prompted: () => heard.flatMap((each) => (each.type === 'prompt' ? [each.operation] : [])),
          disputes: () => heard.findLast((each) => each.type === 'disputes')?.disputes ?? [],
          tellEncoders: (now, marked) => say({ type: 'encoders', encoders: encodersOf(now, marked) }),
          report: (records) => say({ type: 'report', records }),
        });
      }
    });
    opened.say(helloOf(agent, journal, macs, acknowledged));
  });
}

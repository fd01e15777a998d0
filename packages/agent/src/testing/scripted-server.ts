import {
  AGENT_LIMITS,
  AGENT_PROTOCOL,
  type AgentMessage,
  agentMessage,
  type JournalPosition,
  type JournalRecord,
  journalStart,
  type ServerMessage,
} from '@keyrack/protocol';
import { type Channel, type ChannelListener, obstacle, type Transport } from '../link/index.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type Said<T extends AgentMessage['type']> = Extract<AgentMessage, { type: T }>;

/**
 * The server's end of an agent connection, in memory, for a test to speak on. By itself it does nothing but check
 * that every message of the agent is valid, ping while `pinging` is true, and acknowledge records while `acknowledging`
 * is.
 */
export interface ScriptedServer {
  readonly transport: Transport;
  /** Everything that the agent said on the newest connection, in order. */
  heard(): readonly AgentMessage[];
  /** Takes the first message of that type that wasn't taken yet, when all is idle. Fails the test when there is none. */
  take<T extends AgentMessage['type']>(type: T): Promise<Said<T>>;
  /** Types of all messages that weren't taken yet, pings aside. */
  untaken(): AgentMessage['type'][];
  send(message: ServerMessage): void;
  sendText(text: string): void;
  /** Carries out the handshake of a connection that the agent has begun, from challenge to welcome. */
  welcome(signedIn?: string | null): Promise<{ hello: Said<'hello'>; catchUp: Said<'catch-up'> }>;
  /** The connection breaks. */
  cut(): void;
  /** How often the agent connected. */
  connections(): number;
  isConnected(): boolean;
  /** While false, connecting fails. */
  reachable: boolean;
  /** While true, records are acknowledged up to the last one, as soon as they come. */
  acknowledging: boolean;
  pinging: boolean;
  /** The version that it offers. */
  protocol: number;
  /** What this server knows of the journal; null until the first hello. */
  cursor: JournalPosition | null;
}

export function createScriptedServer(clock: VirtualClock): ScriptedServer {
  let listener: ChannelListener | null = null;
  let heard: AgentMessage[] = [];
  let taken = new Set<AgentMessage>();
  let connections = 0;

  function hangUp(reason: string): void {
    const over = listener;
    listener = null;
    over?.closed(obstacle('connection-ended', reason));
  }

  function acknowledge(records: readonly JournalRecord[]): void {
    const last = records.at(-1);
    if (last !== undefined) server.cursor = { number: last.number, hash: last.hash };
    if (server.cursor !== null) server.send({ type: 'acknowledge', position: server.cursor });
  }

  function beat(to: ChannelListener): void {
    clock.setTimeout(() => {
      if (listener !== to) return;
      if (server.pinging) server.send({ type: 'ping' });
      beat(to);
    }, AGENT_LIMITS.heartbeatMs);
  }

  const transport: Transport = {
    connect: (_url, on) => {
      connections += 1;
      const { reachable } = server;
      const channel: Channel = {
        send: (text) => {
          const message = agentMessage.parse(JSON.parse(text));
          if (listener !== on) return;
          heard.push(message);
          if (message.type === 'report' && server.acknowledging) acknowledge(message.records);
        },
        close: () => {
          if (listener === on) queueMicrotask(() => listener === on && hangUp('closed by the agent'));
        },
      };
      queueMicrotask(() => {
        if (!reachable) return on.closed(obstacle('nobody-listens', 'nobody listens there'));
        listener = on;
        heard = [];
        taken = new Set();
        on.opened();
        beat(on);
        server.send({ type: 'challenge', protocol: server.protocol, challenge: 'c'.repeat(43) });
      });
      return channel;
    },
  };

  const server: ScriptedServer = {
    transport,
    heard: () => heard,
    take: async <T extends AgentMessage['type']>(type: T) => {
      await clock.idle();
      const found = heard.find((message): message is Said<T> => message.type === type && !taken.has(message));
      if (found === undefined)
        throw new Error(`the agent sent no ${type}, but: ${server.untaken().join(', ') || 'nothing'}`);
      taken.add(found);
      return found;
    },
    untaken: () => heard.filter((each) => !taken.has(each) && each.type !== 'ping').map(({ type }) => type),
    send: (message) => server.sendText(JSON.stringify(message)),
    sendText: (text) => {
      const to = listener;
      // Later, as over a wire, and in order.
      queueMicrotask(() => {
        if (listener === to) to?.received(text);
      });
    },
    welcome: async (signedIn = null) => {
      const hello = await server.take('hello');
      server.cursor ??= journalStart(hello.journal.id);
      server.send({ type: 'cursor', session: connections, position: server.cursor });
      const catchUp = await server.take('catch-up');
      acknowledge(catchUp.records);
      server.send({ type: 'welcome', session: connections, signedIn: signedIn === null ? null : { name: signedIn } });
      await clock.idle();
      return { hello, catchUp };
    },
    cut: () => hangUp('cut'),
    connections: () => connections,
    isConnected: () => listener !== null,
    reachable: true,
    acknowledging: true,
    pinging: true,
    protocol: AGENT_PROTOCOL,
    cursor: null,
  };
  return server;
}

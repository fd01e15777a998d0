import {
  AGENT_PROTOCOL,
  type AgentMessage,
  agentAddress,
  type JournalPosition,
  OLDEST_AGENT_PROTOCOL,
} from '@keyrack/protocol';
import type { Clock, Timer } from '../clock.ts';
import type { AgentLog } from '../log.ts';
import { advanceHandshake, type Handshake, type Welcome, type WorkMessage } from './handshake.ts';
import { startHeartbeat } from './heartbeat.ts';
import { addressSilent, notKeyrack } from './judge-error.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { type Obstacle, obstacle } from './obstacle.ts';
import type { Refusal } from './other-protocol.ts';
import { readMessage } from './read-message.ts';
import type { Transport } from './transport.ts';

/** One connection from its beginning to its end. Its identity is what a grant is held against. */
export interface ServerConnection {
  isOpen(): boolean;
  /** The version of the messages that both speak, once the server has said so. */
  protocol(): number;
  /** The version of the server's program; null where it doesn't tell it. */
  serverVersion(): string | null;
  /** Whether the message was handed on; false when the connection is over. */
  send(message: AgentMessage): boolean;
  /** Ends it. `ended` is called before this returns. */
  close(why: Obstacle): void;
}

/** What the agent does on a connection. Called in order; nothing but `ended` after the end. */
export interface AgentSide {
  /** Who this agent is and where its journal stands, this moment. */
  hello(challenge: string, protocol: number): Extract<AgentMessage, { type: 'hello' }>;
  /** Everything behind that position, this moment, or the first part of it; null when the server takes no parts. */
  catchUp(
    connection: ServerConnection,
    position: JournalPosition,
  ): Extract<AgentMessage, { type: 'catch-up' | 'records' }> | null;
  /** Sets the journal aside and begins a new one. */
  replaceJournal(): Promise<void>;
  welcomed(connection: ServerConnection, welcome: Welcome): void;
  received(connection: ServerConnection, message: WorkMessage): void;
  /** Called for every connection that said anything, whether it was welcomed or not. */
  ended(connection: ServerConnection): void;
}

export type ConnectionEnd =
  /** Not reached, lost, or given up. */
  | { readonly type: 'lost'; readonly why: Obstacle }
  /** The server doesn't want this agent. */
  | { readonly type: 'refused'; readonly why: Refusal }
  /** The journal was replaced: connect again at once. */
  | { readonly type: 'replaced' };

export interface ConnectionParts {
  readonly url: string;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: AgentLog;
  readonly side: AgentSide;
  readonly onEnd: (end: ConnectionEnd) => void;
}

const UPDATE = 'If it comes again, update the older of server and agent.';

/** Connects and carries the handshake out; then hands the work on. */
export function openConnection({ url, transport, clock, log, side, onEnd }: ConnectionParts): ServerConnection {
  let state: Handshake = 'challenge';
  let over = false;
  let protocol: number = OLDEST_AGENT_PROTOCOL;
  let serverVersion: string | null = null;
  /** From where on a part of the journal was told last. */
  let toldFrom = -1;
  /** Resolves when the journal that is being set aside is. */
  let replacing: Promise<void> | null = null;
  const server = new URL(url);
  const { through = null } = transport;
  let limit: Timer = clock.setTimeout(() => lost(addressSilent(server, through)), LINK_LIMITS.openMs);
  const heartbeat = startHeartbeat(clock, {
    ping: () => send({ type: 'ping' }),
    silence: () => {
      if (state === 'challenge') lost(notKeyrack(server, through, 'it says nothing'));
      else lost(obstacle('server-silent', 'nothing was heard from the server'));
    },
  });

  const channel = transport.connect(agentAddress(url), {
    opened: () => {
      if (over) return;
      awaitWelcome();
    },
    received: (text) => {
      if (!over) receive(text);
    },
    closed: lost,
  });

  function awaitWelcome(): void {
    clock.clearTimeout(limit);
    limit = clock.setTimeout(() => lost(obstacle('no-welcome', 'no welcome in time')), LINK_LIMITS.handshakeMs);
  }

  function end(how: ConnectionEnd): void {
    if (over) return;
    over = true;
    clock.clearTimeout(limit);
    heartbeat.stop();
    channel.close();
    side.ended(connection);
    // The next connection must not tell of a journal that is being set aside.
    if (replacing === null) onEnd(how);
    else void replacing.then(() => onEnd(how));
  }

  function lost(why: Obstacle): void {
    end({ type: 'lost', why });
  }

  function send(message: AgentMessage): boolean {
    if (over) return false;
    heartbeat.sent();
    channel.send(JSON.stringify(message));
    return true;
  }

  function receive(text: string): void {
    heartbeat.heard();
    const received = readMessage(text);
    if (!received.ok) {
      log.error({ why: received.why }, 'the server sent what this agent does not understand');
      if (state === 'challenge') lost(notKeyrack(server, through, received.why));
      else lost(obstacle('not-understood', `the server sent ${received.why}`, UPDATE));
      return;
    }
    const [next, step] = advanceHandshake(state, received.message);
    state = next;
    switch (step.do) {
      case 'nothing':
        return;
      case 'say-hello':
        protocol = step.protocol;
        serverVersion = step.version;
        send(side.hello(step.challenge, protocol));
        heartbeat.beat();
        return;
      case 'catch-up':
        catchUp(step.position);
        return;
      case 'replace-journal':
        replaceJournal();
        return;
      case 'begin-work':
        clock.clearTimeout(limit);
        side.welcomed(connection, step.welcome);
        return;
      case 'work':
        side.received(connection, step.message);
        return;
      case 'part':
        send(side.hello(step.challenge, AGENT_PROTOCOL));
        end({ type: 'refused', why: step.why });
        return;
      case 'end':
        end({ type: 'refused', why: step.why });
        return;
      case 'violation':
        log.error({ why: step.why }, 'the server broke the agent protocol');
        lost(obstacle('not-understood', `the server broke the agent protocol: ${step.why}`, UPDATE));
        return;
    }
  }

  function catchUp(position: JournalPosition): void {
    const message = side.catchUp(connection, position);
    // Leaving the last records out would be read as "not written" of what they tell; so nothing is sent at all.
    const isStuck = message?.type === 'records' && position.number === toldFrom;
    toldFrom = position.number;
    if (message === null || isStuck) {
      const text = 'The server has forgotten more of the journal than one message can tell it; ask for support.';
      end({ type: 'refused', why: { cause: 'catch-up-too-long', message: text, retry: false } });
      return;
    }
    if (message.type === 'records') {
      // The server says how far it has come, which is awaited as the first word on it was.
      state = 'cursor';
      awaitWelcome();
    }
    send(message);
  }

  function replaceJournal(): void {
    const finish = (how: ConnectionEnd) => {
      replacing = null;
      end(how);
    };
    replacing = side.replaceJournal().then(
      () => finish({ type: 'replaced' }),
      (error: unknown) => {
        const found = `the journal can't be replaced: ${String(error)}`;
        finish({ type: 'lost', why: obstacle('journal-not-replaced', found, 'Make room on the disk, or repair it.') });
      },
    );
  }

  const connection: ServerConnection = {
    isOpen: () => !over,
    protocol: () => protocol,
    serverVersion: () => serverVersion,
    send,
    close: lost,
  };
  return connection;
}

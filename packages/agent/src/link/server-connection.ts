import type { AgentMessage, JournalPosition } from '@keyrack/protocol';
import type { Clock, Timer } from '../clock.ts';
import type { AgentLog } from '../log.ts';
import { advanceHandshake, type Handshake, type Refusal, type Welcome, type WorkMessage } from './handshake.ts';
import { startHeartbeat } from './heartbeat.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { readMessage } from './read-message.ts';
import type { Transport } from './transport.ts';

/** One connection from its beginning to its end. Its identity is what a grant is held against. */
export interface ServerConnection {
  isOpen(): boolean;
  /** Whether the message was handed on; false when the connection is over. */
  send(message: AgentMessage): boolean;
  /** Ends it; `why` goes to the log. `ended` is called before this returns. */
  close(why: string): void;
}

/** What the agent does on a connection. Called in order; nothing but `ended` after the end. */
export interface AgentSide {
  /** Who this agent is and where its journal stands, this moment. */
  hello(challenge: string): Extract<AgentMessage, { type: 'hello' }>;
  /** Everything behind that position, this moment; null when it doesn't fit into a message. */
  catchUp(connection: ServerConnection, position: JournalPosition): Extract<AgentMessage, { type: 'catch-up' }> | null;
  /** Sets the journal aside and begins a new one. */
  replaceJournal(): Promise<void>;
  welcomed(connection: ServerConnection, welcome: Welcome): void;
  received(connection: ServerConnection, message: WorkMessage): void;
  /** Called for every connection that said anything, whether it was welcomed or not. */
  ended(connection: ServerConnection): void;
}

export type ConnectionEnd =
  /** Not reached, lost, or given up. */
  | { readonly type: 'lost'; readonly why: string }
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

/** Connects and carries the handshake out; then hands the work on. */
export function openConnection({ url, transport, clock, log, side, onEnd }: ConnectionParts): ServerConnection {
  let state: Handshake = 'challenge';
  let over = false;
  /** Resolves when the journal that is being set aside is. */
  let replacing: Promise<void> | null = null;
  let limit: Timer = clock.setTimeout(() => end({ type: 'lost', why: 'no connection in time' }), LINK_LIMITS.openMs);
  const heartbeat = startHeartbeat(clock, {
    ping: () => send({ type: 'ping' }),
    silence: () => end({ type: 'lost', why: 'nothing was heard from the server' }),
  });

  const channel = transport.connect(url, {
    opened: () => {
      if (over) return;
      clock.clearTimeout(limit);
      limit = clock.setTimeout(() => end({ type: 'lost', why: 'no welcome in time' }), LINK_LIMITS.handshakeMs);
    },
    received: (text) => {
      if (!over) receive(text);
    },
    closed: (why) => end({ type: 'lost', why }),
  });

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
      end({ type: 'lost', why: received.why });
      return;
    }
    const [next, step] = advanceHandshake(state, received.message);
    state = next;
    switch (step.do) {
      case 'nothing':
        return;
      case 'say-hello':
        send(side.hello(step.challenge));
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
      case 'end':
        end({ type: 'refused', why: step.why });
        return;
      case 'violation':
        log.error({ why: step.why }, 'the server broke the agent protocol');
        end({ type: 'lost', why: step.why });
        return;
    }
  }

  function catchUp(position: JournalPosition): void {
    const message = side.catchUp(connection, position);
    // Leaving the last records out would be read as "not written" of what they tell; so nothing is sent at all.
    if (message === null) {
      const text = 'The server has forgotten more of the journal than one message can tell it; ask for support.';
      end({ type: 'refused', why: { cause: 'catch-up-too-long', message: text, retry: false } });
      return;
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
      (error: unknown) => finish({ type: 'lost', why: `the journal can't be replaced: ${String(error)}` }),
    );
  }

  const connection: ServerConnection = {
    isOpen: () => !over,
    send,
    close: (why) => end({ type: 'lost', why }),
  };
  return connection;
}

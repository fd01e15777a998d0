import type { InstanceId, JournalPosition, Protocols, ServerMessage } from '@keyrack/protocol';
import { STRANGERS } from '../domain/limits.ts';
import type { SessionRef } from '../queries/fence-session.ts';
import type { Greeting } from '../transactions/journal/catch-up.ts';
import type { SessionAgent, SessionParts } from './agent-session.ts';
import type { Channel } from './channel.ts';
import { ENDINGS, type Ending } from './server-texts.ts';

/** The agent that has proved who it is, and its session. */
interface ProvedAgent {
  readonly agent: SessionAgent;
  readonly ref: SessionRef;
}

export type SessionState =
  | { readonly name: 'new' }
  | (ProvedAgent & {
      readonly name: 'greeted';
      readonly greeting: Greeting;
      /** The agent was asked for its journal from here on. */
      readonly position: JournalPosition;
    })
  | (ProvedAgent & {
      readonly name: 'welcomed';
      readonly instance: InstanceId;
      /** The epoch of the database in which the agent caught up. */
      readonly epoch: number;
    })
  | { readonly name: 'over' };

/** How far one connection has come, what is sent on it, and its end. */
export interface SessionConnection {
  readonly protocol: number;
  /** The versions that the agent speaks. */
  readonly speaks: Protocols;
  readonly address: string;
  state(): SessionState;
  isOver(): boolean;
  /** Goes on to the next state. A connection that is over stays over. */
  enter(next: Exclude<SessionState, { readonly name: 'over' }>): void;
  /** Agent and session, for the log. */
  who(): Readonly<Record<string, unknown>>;
  /** False where the connection was over before: then nothing of the message left the server. */
  send(message: ServerMessage): boolean;
  /** Tells the agent why, and closes. `facts` are for the log's line of an end before the proof. */
  end(ending: Ending, facts?: Readonly<Record<string, unknown>>): void;
  /** The connection is gone: nothing is sent any more. */
  closed(): void;
  heard(): void;
  /** Sends a ping when it is time. Ends a connection that is silent, or that takes too long to catch up. */
  beat(heartbeatMs: number, silenceMs: number, isBusy: boolean): void;
}

/** `onOver` is called once, while the state still says whose connection it was. */
export function createSessionConnection(
  { clock, log, failures }: Pick<SessionParts, 'clock' | 'log' | 'failures'>,
  channel: Channel,
  onOver: () => void,
): SessionConnection {
  let state: SessionState = { name: 'new' };
  let lastSent = clock.monotonic();
  let lastHeard = lastSent;
  /** When the connection was opened, or last came further. */
  let lastStep = lastSent;

  const isOver = () => state.name === 'over';
  const who = () =>
    state.name === 'greeted' || state.name === 'welcomed' ? { agent: state.agent.id, session: state.ref.session } : {};
  const closed = () => {
    if (isOver()) return;
    onOver();
    state = { name: 'over' };
  };
  const send = (message: ServerMessage) => {
    if (isOver()) return false;
    lastSent = clock.monotonic();
    try {
      channel.send(JSON.stringify(message));
    } catch (error) {
      // What the message tells of is durable: the agent hears it when it connects again.
      log.error('send', error, who());
      closed();
      channel.close();
    }
    return true;
  };
  const noteEnd = (ending: Ending, facts: Readonly<Record<string, unknown>>) => {
    if (state.name !== 'new') log.step('session-ended', { ending, ...who() });
    // Anybody can fail before the proof, so such ends go to the bounded log.
    else if (!ORDINARY_ENDS.has(ending))
      failures.note(channel.address, { ending, ...facts }, 'agent failed before authentication');
  };
  const end = (ending: Ending, facts: Readonly<Record<string, unknown>> = {}) => {
    if (isOver()) return;
    const { retry, message } = ENDINGS[ending];
    send({ type: 'refused', cause: ending, message, retry });
    noteEnd(ending, facts);
    closed();
    channel.close();
  };

  return {
    protocol: channel.protocol,
    speaks: channel.speaks ?? { oldest: channel.protocol, newest: channel.protocol },
    address: channel.address,
    state: () => state,
    isOver,
    enter(next) {
      if (isOver()) return;
      state = next;
      lastStep = clock.monotonic();
    },
    who,
    send,
    end,
    closed,
    heard() {
      lastHeard = clock.monotonic();
    },
    beat(heartbeatMs, silenceMs, isBusy) {
      const now = clock.monotonic();
      // Time that the server itself takes for a message isn't held against the agent.
      const mostMs = state.name === 'new' ? STRANGERS.proofMs : STRANGERS.catchUpMs;
      if (state.name !== 'welcomed' && !isBusy && now - lastStep >= mostMs) return end('late');
      if (now - lastHeard >= silenceMs) return end('silent');
      if (now - lastSent >= heartbeatMs) send({ type: 'ping' });
    },
  };
}

/** Ends of a connection that aren't a failure although nobody has proved anything on it. */
const ORDINARY_ENDS: ReadonlySet<Ending> = new Set(['paired', 'stopping']);

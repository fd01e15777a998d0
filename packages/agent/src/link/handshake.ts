import { isSpoken, type JournalPosition, type ServerMessage } from '@keyrack/protocol';
import { otherProtocol, type Refusal } from './other-protocol.ts';

/** Where a connection stands: what the agent waits for. */
export type Handshake = 'challenge' | 'cursor' | 'replacing' | 'welcome' | 'over';

/** What the server says once the agent is known to it. */
export type WorkMessage = Exclude<
  ServerMessage,
  { type: 'challenge' | 'paired' | 'refused' | 'cursor' | 'replace-journal' | 'welcome' | 'ping' }
>;
export type Welcome = Extract<ServerMessage, { type: 'welcome' }>;

/** What a message asks of the agent. */
export type HandshakeStep =
  | { readonly do: 'nothing' }
  | {
      readonly do: 'say-hello';
      readonly challenge: string;
      readonly protocol: number;
      /** The server's program; null where it doesn't tell. */
      readonly version: string | null;
    }
  /** The two have no version in common: the server is told who that is, so that people see it there too. */
  | { readonly do: 'part'; readonly challenge: string; readonly why: Refusal }
  | { readonly do: 'catch-up'; readonly position: JournalPosition }
  | { readonly do: 'replace-journal' }
  | { readonly do: 'begin-work'; readonly welcome: Welcome }
  | { readonly do: 'work'; readonly message: WorkMessage }
  | { readonly do: 'end'; readonly why: Refusal }
  /** The server broke the order of things: the connection is over. */
  | { readonly do: 'violation'; readonly why: string };

/** The step that a message leads to, and what is waited for after it. */
export function advanceHandshake(state: Handshake, message: ServerMessage): [Handshake, HandshakeStep] {
  const violation: [Handshake, HandshakeStep] = [
    state,
    { do: 'violation', why: `"${message.type}" came while ${WAITING[state]}` },
  ];
  switch (message.type) {
    case 'ping':
      return [state, { do: 'nothing' }];
    case 'refused':
      return [state, { do: 'end', why: message }];
    case 'challenge': {
      if (state !== 'challenge') return violation;
      const { challenge, protocol, version = null } = message;
      if (isSpoken(protocol)) return ['cursor', { do: 'say-hello', challenge, protocol, version }];
      return [state, { do: 'part', challenge, why: otherProtocol(protocol) }];
    }
    case 'cursor':
      if (state !== 'cursor') return violation;
      return ['welcome', { do: 'catch-up', position: message.position }];
    case 'replace-journal':
      return state === 'welcome' ? ['replacing', { do: 'replace-journal' }] : violation;
    case 'welcome':
      return state === 'welcome' ? ['over', { do: 'begin-work', welcome: message }] : violation;
    case 'acknowledge':
    case 'settle':
    case 'signed-in':
      // They tell what the catch-up led to, and may come with the welcome in either order.
      return state === 'over' || state === 'welcome' ? [state, { do: 'work', message }] : violation;
    case 'prompt':
    case 'withdraw':
    case 'keys':
    case 'grant':
    case 'refuse':
    case 'recorded':
    case 'disputes':
    case 'called':
    case 'sandbox':
    case 'offer':
      return state === 'over' ? [state, { do: 'work', message }] : violation;
    case 'paired':
      return violation;
  }
}

const WAITING: Record<Handshake, string> = {
  challenge: 'the challenge was expected',
  cursor: 'the cursor was expected',
  replacing: 'the journal was being replaced',
  welcome: 'the welcome was expected',
  over: 'the handshake was over',
};

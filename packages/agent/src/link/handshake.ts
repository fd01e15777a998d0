import { AGENT_PROTOCOL, isSpoken, type JournalPosition, type ServerMessage } from '@keyrack/protocol';

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
  | { readonly do: 'say-hello'; readonly challenge: string; readonly protocol: number }
  | { readonly do: 'catch-up'; readonly position: JournalPosition }
  | { readonly do: 'replace-journal' }
  | { readonly do: 'begin-work'; readonly welcome: Welcome }
  | { readonly do: 'work'; readonly message: WorkMessage }
  | { readonly do: 'end'; readonly why: Refusal }
  /** The server broke the order of things: the connection is over. */
  | { readonly do: 'violation'; readonly why: string };

export interface Refusal {
  readonly cause: string;
  readonly message: string;
  /** False: useless until a person acts. */
  readonly retry: boolean;
}

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
    case 'challenge':
      if (state !== 'challenge') return violation;
      if (!isSpoken(message.protocol)) return [state, { do: 'end', why: otherProtocol(message.protocol) }];
      return ['cursor', { do: 'say-hello', challenge: message.challenge, protocol: message.protocol }];
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

function otherProtocol(theirs: number): Refusal {
  const message = `The server speaks version ${theirs} of the agent protocol and this agent version ${AGENT_PROTOCOL}; update the older one.`;
  return { cause: 'protocol-version', message, retry: false };
}

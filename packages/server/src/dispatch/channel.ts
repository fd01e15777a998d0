import type { Protocols } from '@keyrack/protocol';

/** One connection of an agent, as the session sees it: a WebSocket, or a simulation's. */
export interface Channel {
  /** The version of the messages that both speak; where there is none, the server's that is nearest to the agent's. */
  readonly protocol: number;
  /** The versions that the agent speaks: that one alone, unless told. */
  readonly speaks?: Protocols;
  /** The agent's address, or the text that stands for it in a simulation: failed attempts count against it. */
  readonly address: string;
  /** The agent has proved who it is: it is no stranger any more. */
  proved(): void;
  send(text: string): void;
  /** Ends the connection. What was sent before still goes out. */
  close(): void;
}

/** One connection of an agent, as the session sees it: a WebSocket, or a simulation's. */
export interface Channel {
  /** The version of the messages that both speak. */
  readonly protocol: number;
  /** The agent's address, or the text that stands for it in a simulation: failed attempts count against it. */
  readonly address: string;
  /** The agent has proved who it is: it is no stranger any more. */
  proved(): void;
  send(text: string): void;
  /** Ends the connection. What was sent before still goes out. */
  close(): void;
}

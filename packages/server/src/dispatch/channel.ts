/** One connection of an agent, as the session sees it: a WebSocket, or a simulation's. */
export interface Channel {
  send(text: string): void;
  /** Ends the connection. What was sent before still goes out. */
  close(): void;
}

import type { Obstacle } from './obstacle.ts';

/**
 * How text gets to the server and back: WebSocket in earnest, memory under test. What an implementation owes:
 *
 * - Messages arrive whole, in order, and at most once, or the channel closes.
 * - Nothing is called back before `connect` has returned.
 * - `closed` is called exactly once for every channel, also when connecting failed, and nothing after it.
 */
export interface Transport {
  /** The proxy that it goes through, named without user and password; nothing where there is none. */
  readonly through?: string | null;
  /** Begins to connect. Never throws: what is wrong with the address is told to `closed`. */
  connect(url: string, listener: ChannelListener): Channel;
}

export interface ChannelListener {
  opened(): void;
  received(text: string): void;
  closed(why: Obstacle): void;
}

export interface Channel {
  /** Queues a message; forgets it when the channel isn't open. A message that was sent may never arrive. */
  send(text: string): void;
  /** Ends the channel, at once as far as the caller is concerned. */
  close(): void;
}

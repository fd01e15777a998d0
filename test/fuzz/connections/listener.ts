/** How long a listener may hold a client that stays. Milliseconds, with some to spare for a busy machine. */
export interface Patience {
  /** Without a word from the listener: the request isn't done, or isn't one. */
  readonly unfinishedMs: number;
  /** Since its last word. */
  readonly idleMs: number;
  /** Of a WebSocket, since it was opened, whatever is said there; null where one may last. */
  readonly lifeMs: number | null;
  /** Since the listener ended its side: it has said all. */
  readonly closeMs: number;
}

/** One port that takes connections. */
export interface Listener {
  readonly name: string;
  /** Where it is now: it moves when its program dies and is started anew. */
  port(): Promise<number>;
  readonly limits: Patience;
  /** Connections that may be left open there at once. */
  readonly mostHeld: number;
}

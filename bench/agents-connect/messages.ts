import type { AgentId } from '@keyrack/protocol';

/** The agents of a bench, as the server must know them beforehand. */
export type AgentsToServer = readonly { readonly id: AgentId; readonly publicKey: string }[];

/** Told to the agents: where the server is, and how long they may take. */
export interface Go {
  readonly url: string;
  readonly mostMs: number;
}

/** What the server's process takes: bytes, after a garbage collection, and milliseconds of processor time so far. */
export interface ServerUse {
  readonly cpuMs: number;
  readonly rss: number;
  readonly heap: number;
  readonly external: number;
}

import type { FastifyInstance } from 'fastify';
import type { ConsoleFiles } from './console/serve-console.ts';
import type { Dispatcher } from './dispatch/dispatcher.ts';
import type { UnprovedLimits } from './dispatch/unproved-connections.ts';
import type { DiskSpace } from './domain/disk-space.ts';
import type { AgentQuotas } from './domain/limits.ts';
import type { HttpLimits } from './http/limits.ts';
import type { RequestLimits } from './rest/rate-limit.ts';
import type { Clock } from './runtime/clock.ts';
import type { ServerLog } from './runtime/log.ts';
import type { Passwords } from './runtime/password.ts';
import type { PublicAddress } from './runtime/public-address.ts';
import type { Read, Run, ServerStore } from './runtime/runner.ts';
import type { Sealer } from './runtime/sealed-secret.ts';

/** What the wiring makes by itself unless it is given: tests pass parts that fail or die at a point of their choice. */
export interface ServerParts {
  readonly clock: Clock;
  /** What failed attempts and remembered passwords are timed by: `clock`, unless a test lets time pass for them alone. */
  readonly credentialClock: Clock;
  readonly passwords: Passwords;
  readonly wrapStore: (store: ServerStore) => ServerStore;
  /** Runs when the store is open and before the server listens: adds routes, or a demonstration's rows. */
  readonly prepare: (preparation: Preparation) => Promise<void>;
  /** Limits of every listener that differ from the usual. */
  readonly limits: Partial<HttpLimits>;
  /** Those of `STRANGERS.connections` that differ. */
  readonly unproved: Partial<UnprovedLimits>;
  /** Those of `AGENT_QUOTAS` that differ. */
  readonly quotas: Partial<AgentQuotas>;
  /** Whether each answer of /v1 is checked against what its endpoint says: tests do. */
  readonly checksAnswers: boolean;
  /** The console that it hands out; none unless told. */
  readonly console: ConsoleFiles;
  /** What is typed at a front desk to run Keyrack: `keyrack`, unless it runs from its sources. */
  readonly program: string;
  /** The folder of packages that came with the server, where the environment names no other. */
  readonly downloads: string | null;
  /** The room on the disk of a folder. */
  readonly diskSpace: (folder: string) => Promise<DiskSpace>;
  /** Whether people use it on its own computer, as `http://localhost`, where nobody told another address: there passkeys work. */
  readonly onLocalhost: boolean;
  /** What one credential may ask of /v1. */
  readonly requestLimits: RequestLimits;
}

export interface Preparation {
  readonly app: FastifyInstance;
  readonly log: ServerLog;
  readonly run: Run;
  readonly read: Read;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface RunningServer {
  /** Where it listens: `http://HOST:PORT`. */
  readonly url: string;
  /** What people are shown instead. */
  readonly address: PublicAddress;
  /** `http://HOST:PORT/metrics`; null where none are served. */
  readonly metricsUrl: string | null;
  readonly run: Run;
  readonly read: Read;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly dispatcher: Dispatcher;
  /** Finishes what is under way and lets go of everything. */
  stop(): Promise<void>;
}

import { setImmediate } from 'node:timers/promises';
import {
  type AgentParts,
  type ControlClient,
  controlClient,
  type PairedAgentOptions,
  type RunningAgent,
  type SimulatedDesk,
  startAgent,
  startControl,
} from '@keyrack/agent';
import type { Credentials } from '@keyrack/agent/desk/sign-in.ts';
import { contentOnCard } from '@keyrack/agent/encoder/simulated/card-inspection.ts';
import type { EncoderInfo, Reading, Serial } from '@keyrack/protocol';
import { readConfig } from '@keyrack/server/config.ts';
import { type RunningServer, type ServerParts, startServer } from '@keyrack/server/main.ts';
import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import { type LogLine, recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { roomyDisk } from '@keyrack/server/testing/roomy-disk.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { storedRows } from './database.ts';
import { isOnPostgres, postgresLike, rowsOfPostgres } from './postgres-database.ts';
import { type Answered, type CardCommand, command, type Fields } from './room-card-client.ts';
import { scratchFolder } from './scratch.ts';
import { type HardwareUse, type OnWrite, openHardware } from './simulated-hardware.ts';
import type { AgentIdentity, Hotel, Template } from './template.ts';
import { until } from './until.ts';

/** A front desk at work: an agent with simulated encoders, connected over a real socket. */
export interface FrontDesk {
  readonly agent: RunningAgent;
  readonly cards: SimulatedDesk;
  /** A person's hands, at the desk and at the doors of the property. */
  readonly hands: ControlClient;
  readonly use: HardwareUse;
  readonly folder: string;
  /** What the plastic holds; `unreadable` when another card's key guards it. */
  contentOf(serial: Serial): Reading;
  /** Signs in and fails the test where that is refused. */
  signIn(credentials: Credentials): Promise<void>;
  stop(): Promise<void>;
}

/** A server with its front desks, everything real but the plastic, in this process. */
export interface TestProperty {
  readonly url: string;
  readonly hotel: Hotel;
  readonly server: RunningServer;
  /** Stops the server and starts it anew, on the same port and with the same data; after `meanwhile`, while none is there. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  readonly folders: { readonly server: string; readonly agent: string };
  /** What a server in another process opens the same data with. */
  readonly masterKey: string;
  /** Of the server and of every desk, in the order of their writing. */
  readonly lines: readonly LogLine[];
  cancel(changes?: Fields, signal?: AbortSignal): Promise<Answered>;
  command(name: CardCommand, changes?: Fields, signal?: AbortSignal): Promise<Answered>;
  put(...rows: TableRow[]): Promise<void>;
  /** What is on the server's disk. */
  rows<T extends TableName>(table: T): Rows[T][];
  /** The first desk, whose encoders and cards are those of the demonstration; another one when told. */
  openDesk(options?: DeskOptions): Promise<FrontDesk>;
  close(): Promise<void>;
}

export interface DeskOptions {
  /** By token, or of an agent that was paired. */
  readonly identity?: AgentIdentity | Pick<PairedAgentOptions, 'identity'>;
  readonly encoders?: readonly EncoderInfo[];
  readonly folder?: string;
  readonly onWrite?: OnWrite;
  /** Another way to the server than straight over loopback. */
  readonly address?: string;
  /** What the agent is made of, where that isn't the usual. */
  readonly parts?: Partial<Pick<AgentParts, 'transport' | 'disk' | 'random'>>;
  /** Where the desk has its page; none unless told. */
  readonly pagePort?: number;
  /** How long it may take to be online, where that isn't the usual. Milliseconds. */
  readonly onlineMs?: number;
}

export interface PropertyOptions {
  readonly cardWaitSeconds?: number;
  readonly answerWaitSeconds?: number;
  /** Shorter than a setting may be. */
  readonly signInIdleMs?: number;
  /** Further settings of the server. */
  readonly env?: Readonly<Record<string, string>>;
  readonly parts?: Partial<ServerParts>;
  /** Called with each line of a log before it is written: one that throws is a log that fails. */
  readonly onLine?: (line: LogLine) => void;
  /** Where the server has its data folder, on another disk than usual. */
  readonly serverDisk?: string;
}

export async function openProperty(template: Template, options: PropertyOptions = {}): Promise<TestProperty> {
  const scratch = scratchFolder();
  const folders = template.copyTo(scratch.path, options.serverDisk);
  const { hotel } = template;
  const { log, lines } = recordingLog(options.onLine);
  const databaseUrl = isOnPostgres() ? await postgresLike(folders.server) : null;
  const env = {
    ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    PORT: '0',
    KEYRACK_METRICS: '127.0.0.1:0',
    KEYRACK_MASTER_KEY: template.masterKey,
    KEYRACK_CARD_WAIT_SECONDS: '10',
    KEYRACK_ANSWER_WAIT_SECONDS: '15',
    ...options.env,
  };
  const config = readConfig(env, folders.server);
  // Shorter than a setting may be, and closer to one another.
  const { cardWaitSeconds, answerWaitSeconds, signInIdleMs = config.waits.signInIdleMs } = options;
  const cardMs = cardWaitSeconds === undefined ? config.waits.cardMs : cardWaitSeconds * 1_000;
  const answerMs = answerWaitSeconds === undefined ? config.waits.answerMs : answerWaitSeconds * 1_000;
  const waits = { cardMs, answerMs, signInIdleMs };
  const start = (port: number) =>
    startServer({ ...config, port, waits }, log, { diskSpace: roomyDisk, ...options.parts });
  let server = await start(config.port);
  const desks: FrontDesk[] = [];

  async function openDesk({
    identity = hotel.desk,
    encoders = hotel.desk.encoders,
    folder = folders.agent,
    onWrite,
    address = `${server.url.replace('http', 'ws')}/agent`,
    parts,
    pagePort,
    onlineMs,
  }: DeskOptions = {}) {
    const hardware = openHardware(folder, encoders, onWrite);
    const control = await startControl(hardware.desk, folder, options.parts?.clock);
    const agent = await startAgent({
      ...identity,
      server: address,
      folder,
      encoders: [],
      pagePort,
      log,
      parts: { ...parts, encoders: hardware.encoders, simulated: hardware.desk },
    });
    await until('the agent is online', () => agent.desk.state().connection.status === 'online', onlineMs);
    const desk: FrontDesk = {
      agent,
      cards: hardware.desk,
      hands: controlClient(folder),
      use: hardware.use,
      folder,
      contentOf(serial) {
        const card = hardware.desk.box.card(serial);
        if (card === undefined) throw new Error(`there is no card ${serial}`);
        return contentOnCard(card, [hotel.keyOf(serial)]);
      },
      async signIn(credentials) {
        const result = await agent.desk.signIn(credentials);
        if (!result.ok) throw new Error(result.message);
      },
      async stop() {
        await agent.stop();
        await control.close();
        await hardware.desk.close();
      },
    };
    desks.push(desk);
    return desk;
  }

  return {
    url: server.url,
    hotel,
    get server() {
      return server;
    },
    async restart(meanwhile) {
      await server.stop();
      await meanwhile?.();
      server = await start(Number(new URL(server.url).port));
    },
    folders,
    masterKey: template.masterKey,
    lines,
    cancel: (changes, signal) => command(server.url, 'cancelCard', changes, signal),
    command: (name, changes, signal) => command(server.url, name, changes, signal),
    put: async (...rows) => {
      await server.run('putRows', { rows, onlyIfEmpty: false });
    },
    rows: (table) => (databaseUrl === null ? storedRows(folders.server, table) : rowsOfPostgres(databaseUrl, table)),
    openDesk,
    async close() {
      for (const desk of desks) await desk.stop();
      await server.stop();
      // Connections that were cut are noticed in the next turn.
      await setImmediate();
      scratch.remove();
    },
  };
}

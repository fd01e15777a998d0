import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalFolder } from '@keyrack/agent';
import { startTcpProxy, type TcpProxy } from '../world/tcp-proxy.ts';
import { type Part, startPart } from './part.ts';
import { buildProperty, type FrontDesk, type TestProperty } from './property.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** A property whose server and agents run as processes, with a line between each two of them that can be disturbed. */
export interface PropertyAtWork {
  readonly property: TestProperty;
  readonly databaseFile: string;
  readonly folder: string;
  readonly serverPort: number;
  readonly server: Part;
  readonly serverDisk: SmallDisk | null;
  /** Where all logs are. */
  readonly logDisk: SmallDisk | null;
  readonly callers: TcpProxy;
  readonly desks: readonly DeskAtWork[];
  /** Why disks can't be full here; null where they can. */
  readonly noSmallDisks: string | null;
  stopParts(): Promise<void>;
  /** Gives everything back, the folder included unless told to keep it. */
  clear(keep: boolean): Promise<void>;
}

export interface DeskAtWork {
  readonly desk: FrontDesk;
  readonly part: Part;
  readonly line: TcpProxy;
  readonly journalFolder: string;
  readonly journalDisk: SmallDisk | null;
}

export interface PropertyOptions {
  readonly desks: number;
  readonly cardsPerEncoder: number;
  readonly smallDisks: boolean;
  readonly waits: { readonly cardSeconds: number; readonly answerSeconds: number };
  /** From the end of a part to its next start. */
  readonly restartMs: () => number;
}

const SERVER_DISK_MB = 512;
const JOURNAL_DISK_MB = 64;
const LOG_DISK_MB = 256;

export async function startProperty(options: PropertyOptions): Promise<PropertyAtWork> {
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-property-'));
  const dataFolder = join(folder, 'server');
  const agentsFolder = join(folder, 'agents');
  const mounted: SmallDisk[] = [];
  let noSmallDisks = options.smallDisks ? null : 'not wanted here';
  const smallDisk = async (at: string, megabytes: number): Promise<SmallDisk | null> => {
    await mkdir(at, { recursive: true, mode: 0o700 });
    if (noSmallDisks !== null) return null;
    const result = await mountSmallDisk(at, megabytes);
    if (result.disk === null) noSmallDisks = result.reason;
    else mounted.push(result.disk);
    return result.disk;
  };

  const logs = join(folder, 'logs');
  const logDisk = await smallDisk(logs, LOG_DISK_MB);
  const serverDisk = await smallDisk(dataFolder, SERVER_DISK_MB);
  const property = await buildProperty({ ...options, dataFolder, agentsFolder });
  const serverPort = await freePort();
  const server = startPart({
    name: 'server',
    entry: new URL('./server-process.ts', import.meta.url),
    env: {
      HOST: '127.0.0.1',
      PORT: String(serverPort),
      KEYRACK_METRICS: '127.0.0.1:0',
      KEYRACK_DATA: dataFolder,
      KEYRACK_MASTER_KEY: property.masterKey.toString('base64'),
      KEYRACK_CARD_WAIT_SECONDS: String(options.waits.cardSeconds),
      KEYRACK_ANSWER_WAIT_SECONDS: String(options.waits.answerSeconds),
    },
    logFile: join(logs, 'server.log'),
    preload: new URL('./shifted-clock.ts', import.meta.url),
    restartMs: options.restartMs,
  });
  const desks = await Promise.all(
    property.desks.map(async (desk): Promise<DeskAtWork> => {
      const journals = journalFolder(desk.folder);
      const journalDisk = await smallDisk(journals, JOURNAL_DISK_MB);
      const line = await startTcpProxy(serverPort);
      const { agent, token, encoders, member, name } = desk;
      const logName = join(logs, name.replace(' ', '-'));
      const part = startPart({
        name,
        entry: new URL('./agent-process.ts', import.meta.url),
        args: [
          JSON.stringify({
            server: `ws://127.0.0.1:${line.port}/agent`,
            folder: desk.folder,
            agent,
            token,
            encoders: encoders.map(({ mac, name: label, forSignedIn }) => ({ mac, name: label, forSignedIn })),
            signIn: { ...member, email: '' },
          }),
          `${logName}.log`,
        ],
        logFile: `${logName}.out`,
        restartMs: options.restartMs,
      });
      return { desk, part, line, journalFolder: journals, journalDisk };
    }),
  );
  const callers = await startTcpProxy(serverPort);
  const parts = [...desks.map(({ part }) => part), server];
  const stopParts = async () => {
    for (const part of parts) await part.stop();
  };
  return {
    property,
    databaseFile: join(dataFolder, 'keyrack.db'),
    folder,
    serverPort,
    server,
    serverDisk,
    logDisk,
    callers,
    desks,
    noSmallDisks,
    stopParts,
    async clear(keep) {
      await stopParts();
      for (const { line } of desks) await line.close();
      await callers.close();
      if (keep) return;
      for (const disk of mounted) await disk.unmount();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Leaves nothing behind where somebody ends the run before its time. */
export function clearWhenToldToEnd(atWork: PropertyAtWork): void {
  process.once('SIGINT', () => void atWork.clear(false).then(() => process.exit(130)));
  process.once('SIGTERM', () => void atWork.clear(false).then(() => process.exit(143)));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

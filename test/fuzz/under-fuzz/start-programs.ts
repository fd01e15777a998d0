import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../world/processes.ts';
import { type Findings, show } from '../findings.ts';
import type { Input } from '../target.ts';
import type { AgentFacts } from './agent-process.ts';
import { type RightRequests, startRightRequests } from './right-requests.ts';
import type { ServerFacts } from './server-process.ts';
import { memorySettingsOfUnit } from './unit-environment.ts';
import { MOST_DEATHS, type WatchedProcess, watchProcess } from './watched-process.ts';
import { makeWorld, type World } from './world.ts';

/** Everything that listens, each in a process of its own, and the right requests beside it. */
export interface Programs {
  readonly world: World;
  readonly server: WatchedProcess<ServerFacts>;
  readonly serverPort: number;
  readonly metricsPort: number;
  /** A server without a property, which waits to be set up. */
  readonly empty: WatchedProcess<ServerFacts>;
  readonly emptyPort: number;
  /** The demonstration's desk, with its page and its simulated encoders. */
  readonly agent: WatchedProcess<AgentFacts>;
  readonly all: readonly WatchedProcess<unknown>[];
  readonly right: RightRequests;
  /** Remembers what was fed last, for whom something dies. */
  feeding(name: string, input: Input): void;
  stop(): Promise<void>;
}

/** A card that isn't there is waited for in vain, and the answer still comes within what a right request may take. */
const WAIT_SECONDS = { card: 0.8, answer: 1.8 } as const;
/** Inputs that are shown where something died: one of them did it, or several together. */
const REMEMBERED = 12;
const SHOWN_BEFORE = 300;

/** What is rightly logged as an error: who works the desk's page as nobody can asks more than the server takes. */
const EXPECTED_ERRORS = ['"the server refused this agent","cause":"too-much"'];

/** Where right requests come from: an address that nothing else comes from. Other systems have one address alone. */
const RIGHT_ADDRESS = process.platform === 'linux' ? '127.9.0.1' : '127.0.0.1';

/** A reverse proxy, whose word on where a request comes from is believed. */
export const PROXY_ADDRESS = '127.8.0.1';

/** `broken` is told when a program has died so often that the run had better end. */
export async function startPrograms(
  patience: number,
  findings: Findings,
  say: (text: string) => void,
  broken: (why: string) => void,
): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-fuzz-'));
  const world = await makeWorld(folder);
  const latest: { readonly name: string; readonly input: Input }[] = [];
  const watch = <Facts>(name: string, file: string, env: Record<string, string>, args: string[] = []) => {
    const watched: WatchedProcess<Facts> = watchProcess<Facts>({
      name,
      entry: new URL(file, import.meta.url),
      env: { ...memorySettingsOfUnit(), ...env },
      args,
      logFile: join(folder, `${name.replaceAll(' ', '-')}.log`),
      onDeath(how) {
        const before = latest.map((each) => `  fed before: ${each.name} ${show(each.input, SHOWN_BEFORE)}`);
        findings.note('deaths', name, latest.at(-1)?.input ?? null, [how, ...before].join('\n'));
        if (watched.deaths() >= MOST_DEATHS) broken(`${name} died ${watched.deaths()} times`);
      },
      onError(line) {
        if (EXPECTED_ERRORS.some((each) => line.includes(each))) return;
        findings.note('crashes', name, latest.at(-1)?.input ?? null, `it logged an error: ${line}`);
      },
    });
    return watched;
  };
  const [serverPort, metricsPort, emptyPort] = [await freePort(), await freePort(), await freePort()];
  const environment = (port: number, dataFolder: string, metrics: string) => ({
    KEYRACK_CARD_WAIT_SECONDS: (WAIT_SECONDS.card * patience).toFixed(1),
    KEYRACK_ANSWER_WAIT_SECONDS: (WAIT_SECONDS.answer * patience).toFixed(1),
    HOST: '127.0.0.1',
    PORT: String(port),
    KEYRACK_DATA: dataFolder,
    KEYRACK_METRICS: metrics,
    KEYRACK_TRUSTED_PROXIES: PROXY_ADDRESS,
    KEYRACK_MASTER_KEY: world.masterKey,
  });
  const server = watch<ServerFacts>(
    'server',
    './server-process.ts',
    environment(serverPort, world.serverFolder, `127.0.0.1:${metricsPort}`),
  );
  const empty = watch<ServerFacts>(
    'empty server',
    './server-process.ts',
    environment(emptyPort, world.emptyFolder, 'none'),
  );
  await server.whenReady();
  await empty.whenReady();
  const { agent: id, token, encoders } = world.hotel.desk;
  const options = {
    server: `ws://127.0.0.1:${serverPort}/agent`,
    folder: world.agentFolder,
    agent: id,
    token,
    encoders,
    pagePort: 0,
  };
  const agent = watch<AgentFacts>('agent', './agent-process.ts', {}, [JSON.stringify(options)]);
  await agent.whenReady();
  const all = [server, empty, agent];
  const right = await startRightRequests({ port: serverPort, address: RIGHT_ADDRESS, desk: world.rightDesk }, say);
  return {
    world,
    server,
    serverPort,
    metricsPort,
    empty,
    emptyPort,
    agent,
    all,
    right,
    feeding(name, input) {
      latest.push({ name, input });
      if (latest.length > REMEMBERED) latest.shift();
    },
    async stop() {
      await right.stop();
      for (const each of [agent, server, empty]) await each.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

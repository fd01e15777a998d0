import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connect } from '../agents/agents-main.ts';
import type { Aim } from '../load/load-main.ts';
import { type BenchServer, type ServerOptions, startServer } from '../parts/keyrack-server.ts';
import { type Part, startPart } from '../parts/part.ts';
import { within } from '../parts/within.ts';
import { type BenchProperties, type PropertiesPlan, planProperties } from './plan-properties.ts';
import { type AgentKeys, putProperties } from './put-properties.ts';

/** Properties at work: a server of some checkout, their front desks, and what to ask them for cards with. */
export interface OpenProperties {
  readonly server: BenchServer;
  readonly agents: Part;
  readonly properties: BenchProperties;
  /** Names this server to the load generator. */
  readonly name: string;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly checkout: string;
  /** The folder of its database; made where it is missing. */
  readonly dataFolder: string;
  readonly plan: PropertiesPlan;
  readonly load: Part;
  readonly execArgv?: readonly string[];
  /** See `Connect`. */
  readonly timed?: boolean;
  readonly from?: readonly string[];
  /** Another number for each plan that one database gets. */
  readonly series?: number;
}

/** Ten thousand at once take some 20 s. */
const CONNECT_PATIENCE_MS = 120_000;
const AGENTS = fileURLToPath(new URL('../agents/agents-main.ts', import.meta.url));
const LOAD = fileURLToPath(new URL('../load/load-main.ts', import.meta.url));

export function startLoad(): Part {
  return startPart(LOAD);
}

/** Puts properties into a database, starts the server on it and connects the agents. */
export async function openProperties(options: OpenOptions): Promise<OpenProperties> {
  const { checkout, dataFolder, plan, load, execArgv = [], timed = false, from = [], series = 1 } = options;
  mkdirSync(dataFolder, { recursive: true });
  await makeDatabase({ checkout, dataFolder });
  const properties = planProperties(plan, series);
  const { agents, keys } = await connectAgents.prepare(plan.desks);
  await putProperties(join(dataFolder, 'keyrack.db'), properties, keys, series);
  const server = await startServer({ checkout, dataFolder, execArgv });
  await connectAgents.connect(agents, { desks: properties.desks, url: server.url, from, timed });
  const name = dataFolder;
  await load.ask('aim', { server: name, url: server.url, desks: properties.desks } satisfies Aim);
  return {
    server,
    agents,
    properties,
    name,
    close: async () => {
      await agents.kill();
      await server.stop();
    },
  };
}

/** The agents' process, in two steps: their keys must be known to the database before they connect. */
export const connectAgents = {
  prepare: async (count: number): Promise<{ readonly agents: Part; readonly keys: AgentKeys }> => {
    const agents = startPart(AGENTS, { execArgv: ['--expose-gc'] });
    return { agents, keys: await agents.ask<string[]>('keys', count) };
  },
  connect: async (
    agents: Part,
    { url, from = [], timed = false, ...rest }: Partial<Connect> & Pick<Connect, 'desks' | 'url'>,
  ) => {
    const connect = { ...rest, url: `${url.replace('http', 'ws')}/agent`, from, timed } satisfies Connect;
    await within(CONNECT_PATIENCE_MS, agents.ask('connect', connect), 'not all agents were welcome');
  },
};

/** A server's first start makes the database, its tables as that checkout has them. */
export async function makeDatabase(options: ServerOptions): Promise<void> {
  const server = await startServer(options);
  await server.stop();
}

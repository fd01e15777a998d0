import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlClient, controlClient, diskCardBox } from '@keyrack/agent';
import { contentOnCard } from '@keyrack/agent/encoder/simulated/card-inspection.ts';
import type { Reading, Serial } from '@keyrack/protocol';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import type { Rows, TableName } from '@keyrack/server/store/row-types.ts';
import { expect } from 'vitest';
import { expectAgreement } from './agreement.ts';
import { storedRows } from './database.ts';
import type { ServerPoint } from './named-points.ts';
import { freePort, type Running, run } from './processes.ts';
import { type Answered, type CardCommand, command, type Fields } from './room-card-client.ts';
import { scratchFolder } from './scratch.ts';
import type { Hotel, Template } from './template.ts';
import { until } from './until.ts';

/** A server and its front desk in processes of their own, each of which may be told where to die. */
export interface ProcessesProperty {
  readonly hotel: Hotel;
  /** Where the server listens, when it runs. */
  readonly url: string;
  /** The key in its data folder, once it has been started. */
  ownerKey(): string;
  /** Starts the server, which comes back to the same port and data. Resolves when it listens. */
  startServer(dieAt?: ServerPoint): Promise<Running>;
  /** Starts the agent, which comes back to the same folder. Resolves when it works, connected or not. */
  startAgent(dieAt?: string): Promise<Running>;
  /** Resolves when the server has welcomed the agent's newest connection. */
  online(): Promise<void>;
  cancel(changes?: Fields): Promise<Answered>;
  command(name: CardCommand, changes?: Fields): Promise<Answered>;
  /** The hands at the desk, while its agent runs. */
  readonly hands: ControlClient;
  /** Takes the card away while no agent runs. */
  liftCard(serial: Serial): void;
  rows<T extends TableName>(table: T): Rows[T][];
  /** The only operation that there is; undefined while there is none. */
  operation(): Operation | undefined;
  contentOf(serial: Serial): Reading;
  /** Fails the test where database, audit log, journal and plastic don't agree about everything that happened. */
  expectAgreement(): Promise<void>;
  /** What the processes logged, for whom a test fails. */
  log(): string;
  close(): Promise<void>;
}

export interface ProcessesOptions {
  readonly cardWaitSeconds?: number;
  readonly answerWaitSeconds?: number;
}

export async function openProcessesProperty(
  template: Template,
  options: ProcessesOptions = {},
): Promise<ProcessesProperty> {
  const scratch = scratchFolder();
  const folders = template.copyTo(scratch.path);
  const { hotel } = template;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started: Running[] = [];
  let metricsUrl = '';

  async function start(main: string, env: Record<string, string>): Promise<Running> {
    const running = run(main, env);
    started.push(running);
    await running.ready;
    return running;
  }
  const rows = <T extends TableName>(table: T) => storedRows(folders.server, table);
  const operations = () => rows('operations');
  const contentOf = (serial: Serial) => contentOnPlastic(folders.agent, serial, hotel);

  return {
    hotel,
    url,
    ownerKey: () => readFileSync(join(folders.server, 'owner-key'), 'utf8').trim(),
    async startServer(dieAt) {
      const server = await start('server-main.ts', {
        KEYRACK_METRICS: '127.0.0.1:0',
        PORT: String(port),
        KEYRACK_DATA: folders.server,
        KEYRACK_MASTER_KEY: template.masterKey,
        KEYRACK_CARD_WAIT_SECONDS: String(options.cardWaitSeconds ?? 20),
        KEYRACK_ANSWER_WAIT_SECONDS: String(options.answerWaitSeconds ?? 25),
        ...(dieAt && { DIE_AT: dieAt }),
      });
      ({ metricsUrl } = (await server.ready) as { metricsUrl: string });
      return server;
    },
    startAgent: (dieAt) => {
      const { agent, token, encoders } = hotel.desk;
      const given = { server: `ws://127.0.0.1:${port}/agent`, folder: folders.agent, agent, token, encoders };
      return start('agent-main.ts', { AGENT: JSON.stringify(given), ...(dieAt && { DIE_AT: dieAt }) });
    },
    online: async () => {
      await until('the agent is online', async () => {
        const metrics = await fetch(metricsUrl, { headers: { connection: 'close' } });
        return /^keyrack_agents_connected 1$/m.test(await metrics.text());
      });
    },
    cancel: (changes) => command(url, 'cancelCard', changes),
    command: (name, changes) => command(url, name, changes),
    hands: controlClient(folders.agent),
    liftCard(serial) {
      const box = diskCardBox(join(folders.agent, 'cards'));
      const card = box.card(serial);
      if (card === undefined) throw new Error(`there is no card ${serial}`);
      card.lyingOn = null;
      box.keep(card);
    },
    rows,
    operation() {
      const [operation, ...others] = operations();
      expect(others, 'one request leads to one operation').toEqual([]);
      return operation;
    },
    contentOf,
    expectAgreement: () => expectAgreement({ rows, agent: hotel.desk.agent, agentFolder: folders.agent, contentOf }),
    log: () => started.map((each) => each.log()).join('---\n'),
    async close() {
      await Promise.all(started.map((each) => each.kill()));
      scratch.remove();
    },
  };
}

function contentOnPlastic(agentFolder: string, serial: Serial, hotel: Hotel): Reading {
  const card = diskCardBox(join(agentFolder, 'cards')).card(serial);
  if (card === undefined) throw new Error(`there is no card ${serial}`);
  return contentOnCard(card, [hotel.keyOf(serial)]);
}

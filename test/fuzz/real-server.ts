import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@keyrack/server/config.ts';
import { offerSetupPage } from '@keyrack/server/console/setup.ts';
import { type DemoDesk, demoWorld } from '@keyrack/server/demo/demo-world.ts';
import { startServer } from '@keyrack/server/main.ts';

/** A real server in this process, on a port of the loopback address. */
export interface RealServer {
  readonly port: number;
  /** Null where the server is empty and offers its set-up page. */
  readonly desk: DemoDesk | null;
  /** Whether it has read a whole request from that port of a client, and hasn't answered it yet. */
  isWorkingFor(clientPort: number): boolean;
  /** What it logged as an error since the last call. */
  errors(): string[];
  close(): Promise<void>;
}

type ServerLog = Parameters<typeof startServer>[1];

/** The shortest waits that the configuration allows: a request for a card is answered within a second all the same. */
const SETTINGS = {
  PORT: '0',
  KEYRACK_METRICS: '127.0.0.1:0',
  KEYRACK_CARD_WAIT_SECONDS: '0.2',
  KEYRACK_ANSWER_WAIT_SECONDS: '0.3',
};

/** One agent says more here than a front desk in a year: its share of the database never ends. */
export const TIRELESS = { burst: Number.MAX_SAFE_INTEGER } as const;

export async function startRealServer(kind: 'demo' | 'empty'): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-fuzz-'));
  const errors: string[] = [];
  const note = (fields: { err?: unknown }, message: string) => {
    const { err } = fields;
    errors.push(`${message}: ${err instanceof Error ? err.stack : JSON.stringify(fields)}`);
  };
  const log = { info() {}, warn() {}, error: note, fatal: note } as unknown as ServerLog;
  const working = new Set<number>();
  let desk: DemoDesk | null = null;
  const server = await startServer(readConfig({ ...SETTINGS, KEYRACK_DATA: folder }, folder), log, {
    quotas: TIRELESS,
    async prepare({ app, ...parts }) {
      app.addHook('preHandler', async (request, reply) => {
        const { remotePort } = request.raw.socket;
        if (remotePort === undefined) return;
        working.add(remotePort);
        reply.raw.once('close', () => working.delete(remotePort));
      });
      if (kind === 'empty') {
        await offerSetupPage(app, { ...parts, log });
        return;
      }
      const world = await demoWorld({ ...parts, now: Date.now() });
      await parts.run('putRows', { rows: world.rows, onlyIfEmpty: true });
      desk = world.desk;
    },
  });
  return {
    port: Number(new URL(server.url).port),
    desk,
    isWorkingFor: (clientPort) => working.has(clientPort),
    errors: () => errors.splice(0),
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Throws when the server logged an error: something went wrong within, whatever was answered. */
export function throwLogged(server: RealServer): void {
  const [error] = server.errors();
  if (error !== undefined) throw new Error(`the server logged an error: ${error}`);
}

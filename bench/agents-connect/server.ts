import { once } from 'node:events';
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { lineLog } from '../../test/world/lines.ts';
import type { AgentsToServer, ServerUse } from './messages.ts';

// The server of the bench, wired as `keyrack serve` is, which writes its log line by line too. Is told the agents, tells where it listens, and
// answers `use` with what it takes.

/** Front desks of one property. */
const PER_PROPERTY = 5;
/** After the last welcome, for what it leads to. Milliseconds. */
const SETTLE_MS = 2_000;

const folder = process.argv[2] ?? '';
const [agents] = (await once(process, 'message')) as [AgentsToServer];
const logFile = openSync(join(folder, 'server.log'), 'a');
const log = lineLog((line) => void writeSync(logFile, `${line}\n`));
const server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: '127.0.0.1:0' }, join(folder, 'data')), log);
const properties = Math.ceil(agents.length / PER_PROPERTY);
const rows: TableRow[] = [
  ...Array.from({ length: properties }, (_, at): TableRow => {
    const row = { id: propertyOf(at * PER_PROPERTY), number: String(at), name: 'Inn', timeZone: 'UTC', cardKeys: [] };
    return { table: 'properties', row };
  }),
  ...agents.map(({ id, publicKey }, at): TableRow => {
    const never = { tokenHash: null, instance: null, journal: null, cursor: null, attention: null };
    const row = {
      propertyId: propertyOf(at),
      id,
      name: 'Desk',
      publicKey,
      state: 'active',
      session: 0,
      ...never,
    } as const;
    return { table: 'agents', row };
  }),
];
await server.run('putRows', { rows, onlyIfEmpty: true });
process.send?.(`${server.url.replace('http', 'ws')}/agent`);
process.on('message', () => {
  void tellUse();
});

function propertyOf(agent: number): string {
  return `00000000-0000-7000-8000-${String(Math.floor(agent / PER_PROPERTY)).padStart(12, '0')}`;
}

async function tellUse(): Promise<void> {
  await setTimeout(SETTLE_MS);
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  await setTimeout(SETTLE_MS);
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const use: ServerUse = { cpuMs: (user + system) / 1000, rss, heap: heapUsed, external };
  process.send?.(use);
}

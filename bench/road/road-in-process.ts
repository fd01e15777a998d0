import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newAgentKey } from '@keyrack/agent';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import type { ServerStore } from '@keyrack/server/runtime/runner.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';
import { onTestFinished } from 'vitest';
import { startAgent } from '../agents/start-agent.ts';
import { createCaller } from '../load/caller.ts';
import { createPoster } from '../load/post.ts';
import { MASTER_KEY } from '../parts/keyrack-server.ts';
import { type PropertiesPlan, planProperties } from '../properties/plan-properties.ts';
import { passwordHashOfAll, putAccount, putDesks, putProperty } from '../properties/put-properties.ts';
import type { PutRow } from '../properties/put-row.ts';

/** The whole road in this process, over a store of the test's choice. Each caller does so many operations. */
export async function roadInProcess(store: ServerStore, plan: PropertiesPlan) {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-road-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { desks } = planProperties(plan);
  const keys = desks.map(newAgentKey);
  const rows: TableRow[] = [];
  const put: PutRow = (table, row) => void rows.push({ table, row } as unknown as TableRow);
  const passwordHash = await passwordHashOfAll();
  putAccount(put);
  [...Map.groupBy(desks, ({ propertyId }) => propertyId)].forEach(([propertyId, own], place) => {
    putProperty(put, propertyId, own, place, 1);
  });
  const publicKeys = keys.map(({ publicKey }) => publicKey);
  putDesks(put, desks, publicKeys, passwordHash, 1);
  await store.run('putRows', { rows, onlyIfEmpty: false });
  const { log } = recordingLog();
  const settings = { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_MASTER_KEY: MASTER_KEY.toString('base64') };
  const server = await startServer(readConfig(settings, folder), log, {
    wrapStore: (embedded) => ({
      ...store,
      close: async () => {
        await embedded.close();
        await store.close();
      },
    }),
  });
  onTestFinished(() => server.stop());
  const agents = await Promise.all(
    desks.map((desk, d) =>
      startAgent(desk, keys[d] as (typeof keys)[number], `${server.url.replace('http', 'ws')}/agent`),
    ),
  );
  onTestFinished(async () => void (await Promise.all(agents.map((agent) => agent.stop()))));
  await Promise.all(
    agents.map((agent) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (agent.state().connection.status === 'online') resolve();
      };
      agent.onChange(look);
      look();
      return promise;
    }),
  );
  const poster = createPoster(server.url);
  onTestFinished(() => poster.close());
  const spots = desks.flatMap((desk) => desk.encoders.map(({ mac }) => ({ desk, mac })));
  const callers = spots.map((spot) => createCaller(poster, [spot]));
  return async (operations: number) => {
    await Promise.all(
      callers.map(async (caller) => {
        for (let nth = 0; nth < operations; nth++) await caller.next();
      }),
    );
  };
}

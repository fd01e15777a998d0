import { startCluster } from '@keyrack/server/store/postgres/testing/cluster.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the socket of a PostgreSQL, where tests run on one; else empty. */
    postgres: string;
  }
}

/** Several kinds of tests share one, each by a setup of its own. */
const shared = globalThis as { keyrackPostgres?: ReturnType<typeof startCluster> };

/** `KEYRACK_TEST_STORE=postgres npm test -- …` runs the tests' servers on PostgreSQL, each on a database of its own. */
export async function setup({ provide }: TestProject) {
  if (process.env.KEYRACK_TEST_STORE !== 'postgres') {
    provide('postgres', '');
    return undefined;
  }
  const isFirst = shared.keyrackPostgres === undefined;
  shared.keyrackPostgres ??= startCluster();
  const cluster = await shared.keyrackPostgres;
  provide('postgres', cluster.host);
  return async () => {
    if (isFirst) await cluster.stop();
  };
}

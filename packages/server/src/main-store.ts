import { join } from 'node:path';
import type { ServerConfig } from './config.ts';
import { type Queries, queries } from './queries/index.ts';
import type { ServerStore } from './runtime/runner.ts';
import { openPostgresStore, openSqliteStore } from './store/index.ts';
import { type Transactions, transactions } from './transactions/index.ts';

/** Opens the database that the server is told of. Rejects with a StoreOpenError. `onFailure`: nothing can be recorded any more. */
export function openStore(
  { databaseUrl, dataFolder }: ServerConfig,
  onFailure: (error: Error) => void,
): Promise<ServerStore> {
  if (databaseUrl !== null)
    return openPostgresStore<Transactions, Queries>({
      database: { connectionString: databaseUrl },
      transactions,
      queries,
      onFailure,
    });
  return openSqliteStore<Transactions, Queries>({
    file: join(dataFolder, 'keyrack.db'),
    transactions: new URL('./transactions/index.ts', import.meta.url),
    queries: new URL('./queries/index.ts', import.meta.url),
    onFailure,
  });
}

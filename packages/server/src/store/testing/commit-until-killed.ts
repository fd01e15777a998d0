import { openSqliteStore } from '../sqlite/sqlite-store.ts';
import type { ContractTransactions } from './contract-transactions.ts';

// Run as a process of its own: counts turns and their twins in the database named on the command line, four callers at
// once, and says each number on a line when it is told that it is committed.

const store = await openSqliteStore<ContractTransactions>({
  file: process.argv[2] as string,
  transactions: new URL('./contract-transactions.ts', import.meta.url),
});
const countForEver = async (): Promise<void> => {
  for (;;) process.stdout.write(`${await store.run('countBoth', ['turns', 'twins'])}\n`);
};
await Promise.all([countForEver(), countForEver(), countForEver(), countForEver()]);

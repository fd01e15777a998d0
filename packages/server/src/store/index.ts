export { openNewFile, replaceFile, syncFolder } from './durable-files.ts';
export { makeFolder } from './make-folder.ts';
export { createMemoryStore, type MemorySnapshot, type MemoryStore } from './memory/memory-store.ts';
export { openPostgresStore, type PostgresStoreOptions } from './postgres/postgres-store.ts';
export { type BackupFigures, backupSqlite } from './sqlite/backup.ts';
export { withDatabaseLock } from './sqlite/process-lock.ts';
export {
  openSqliteStore,
  type SqliteStore,
  type SqliteStoreOptions,
  type StoreFigures,
} from './sqlite/sqlite-store.ts';
export {
  DiskFull,
  type ReadTx,
  type Store,
  StoreError,
  type Transaction,
  type TransactionSet,
  type Tx,
  UniqueViolation,
} from './store.ts';
export { ofNewerVersion, StoreOpenError } from './store-open-error.ts';

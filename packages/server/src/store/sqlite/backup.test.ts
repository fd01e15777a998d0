import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreOpenError } from '../store-open-error.ts';
import type { ContractTransactions } from '../testing/contract-transactions.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { backupSqlite } from './backup.ts';
import { readMigrations } from './migrate.ts';
import { openSqliteStore } from './sqlite-store.ts';

const transactions = new URL('../testing/contract-transactions.ts', import.meta.url);
const openStoreAt = (file: string) => openSqliteStore<ContractTransactions>({ file, transactions });

describe('backup of a sqlite store', () => {
  it('is a whole database of one moment, while the store goes on', async () => {
    const folder = scratchFolder();
    const target = join(folder, 'backup.db');
    const store = await openStoreAt(join(folder, 'keyrack.db'));
    const before = await store.run('count', 'turns');
    const under = backupSqlite(join(folder, 'keyrack.db'), target);
    let done = false;
    const during = (async () => {
      let last = before;
      while (!done) last = await store.run('count', 'turns');
      return last;
    })();
    const figures = await under;
    done = true;
    const after = await during;
    await store.close();

    expect(figures).toMatchObject({ target, version: readMigrations().length, rows: { facts: 1, operations: 0 } });
    expect(figures.bytes).toBe(readFileSync(target).length);
    expect(figures.sha256).toBe(createHash('sha256').update(readFileSync(target)).digest('hex'));
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
    const restored = await openStoreAt(target);
    const next = await restored.run('count', 'turns');
    await restored.close();
    expect(next).toBeGreaterThan(before);
    expect(next).toBeLessThanOrEqual(after + 1);
  });

  it('is refused when the target exists, and leaves it alone', async () => {
    const folder = scratchFolder();
    const target = join(folder, 'backup.db');
    await (await openStoreAt(join(folder, 'keyrack.db'))).close();
    writeFileSync(target, 'precious');
    await expect(backupSqlite(join(folder, 'keyrack.db'), target)).rejects.toThrow(
      `${target}: this file exists already.`,
    );
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  it.each([
    ['is missing', undefined, 'cannot be opened'],
    ['is no database', 'Dear diary, '.repeat(1000), 'not a Keyrack database'],
  ])('is refused when the source %s, and leaves nothing', async (_, content, matter) => {
    const folder = scratchFolder();
    const file = join(folder, 'keyrack.db');
    if (content !== undefined) writeFileSync(file, content);
    const backup = backupSqlite(file, join(folder, 'backup.db'));
    await expect(backup).rejects.toBeInstanceOf(StoreOpenError);
    await expect(backup).rejects.toThrow(matter);
    expect(readdirSync(folder)).toEqual(content === undefined ? [] : ['keyrack.db']);
  });

  it('is refused when the source is damaged, and leaves nothing', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'keyrack.db');
    const store = await openStoreAt(file);
    await Promise.all(Array.from({ length: 500 }, (_, i) => store.run('count', `fact ${i}`)));
    await store.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 8192, bytes.length - 4096));
    await expect(backupSqlite(file, join(folder, 'backup.db'))).rejects.toThrow('damaged');
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([]);
  });
});

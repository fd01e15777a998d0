import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { INSTALLATION } from './domain/audit.ts';
import { startServer } from './main.ts';
import { restoreServer } from './main-restore.ts';
import { verifyLogs } from './requests/testing/verify-logs.ts';
import { backupSqlite } from './store/index.ts';
import { scratchFolder } from './store/testing/scratch-folder.ts';

const log = pino({ level: 'silent' });
const configFor = (folder: string) => readConfig({ PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_DATA: folder }, folder);

async function backedUp(folder: string): Promise<string> {
  const server = await startServer(configFor(folder), log);
  await server.run('putRows', {
    onlyIfEmpty: true,
    rows: [
      {
        table: 'properties',
        row: { id: 'p', number: '1', name: 'Inn', timeZone: 'UTC', cardKeys: [], checkOutTime: '12:00' },
      },
    ],
  });
  const backup = join(folder, 'backup.db');
  await backupSqlite(join(folder, 'keyrack.db'), backup);
  await server.stop();
  return backup;
}

describe('restoring a server', () => {
  it('begins a new epoch of the database, notes it in the audit log, and keeps what was there', async () => {
    const folder = scratchFolder();
    const backup = await backedUp(folder);
    const result = await restoreServer(backup, folder, 1_700_000_000_000, null);
    expect(result).toMatchObject({ held: 0, rows: { properties: 1 } });
    expect(await readdir(folder)).toContain('keyrack.db.replaced-2023-11-14T22-13-20-000Z');
    const server = await startServer(configFor(folder), log);
    expect(await verifyLogs(server.read, ['p', INSTALLATION])).toMatchObject([
      { records: 1, brokenAt: null },
      // The owner's key of the folder.
      { records: 1, brokenAt: null },
    ]);
    await server.stop();
  });

  it('is refused while a server runs on the folder', async () => {
    const folder = scratchFolder();
    const backup = await backedUp(folder);
    const server = await startServer(configFor(folder), log);
    await expect(restoreServer(backup, folder, 0, null)).rejects.toThrow('Stop it first.');
    await server.stop();
  });

  it('changes nothing when the backup is no database', async () => {
    const folder = scratchFolder();
    await backedUp(folder);
    await writeFile(join(folder, 'bad.db'), 'not a database at all, but long enough to be looked at as one'.repeat(99));
    const before = await readdir(folder);
    await expect(restoreServer(join(folder, 'bad.db'), folder, 0, null)).rejects.toThrow('not a Keyrack database');
    expect((await readdir(folder)).sort()).toEqual(before.sort());
  });

  it('that was interrupted keeps the server from starting on an empty database', async () => {
    const folder = scratchFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'keyrack.db.restoring'), '');
    await expect(startServer(configFor(folder), log)).rejects.toThrow('Run `keyrack restore` again.');
  });
});

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepIdentity, newAgentKey } from '@keyrack/agent';
import type { AgentId } from '@keyrack/protocol';
import { restoreServer } from '@keyrack/server/main-restore.ts';
import { backupSqlite, openSqliteStore } from '@keyrack/server/store/index.ts';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { scratchFolder } from '../world/scratch.ts';

/** What a newer version has written, met by every command of this one that opens it: nothing is changed, and all say what to do. */

const ENV = { PORT: '0', PAGE_PORT: 'off', KEYRACK_METRICS: 'none', KEYRACK_LOG_LEVEL: 'silent' };
const run = (args: readonly string[], env: Record<string, string> = {}) => keyrack(args, { ...ENV, ...env }).ended;

/** The content of every file by its name, but for locks and SQLite's own beside a database. */
function contentsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile() && !/(?:\.lock|-wal|-shm)$/.test(name));
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(files.map((name) => [name, hashOf(name)]));
}

describe('a database of a newer version', () => {
  const scratch = scratchFolder();
  const backup = join(scratch.path, 'before-update.db');
  const newerBackup = join(scratch.path, 'after-update.db');

  /** A data folder that a server of this version served, and then one of the next. */
  async function newerFolder(): Promise<string> {
    const folder = keyrackFolder();
    await restoreServer(backup, folder, Date.now(), null);
    makeNewer(join(folder, 'keyrack.db'));
    return folder;
  }

  beforeAll(async () => {
    const modules = {
      transactions: '../../packages/server/src/transactions/index.ts',
      queries: '../../packages/server/src/queries/index.ts',
    };
    const file = join(scratch.path, 'keyrack.db');
    const store = await openSqliteStore({
      file,
      transactions: new URL(modules.transactions, import.meta.url),
      queries: new URL(modules.queries, import.meta.url),
    });
    await store.close();
    for (const each of [backup, newerBackup]) await backupSqlite(file, each);
    makeNewer(newerBackup);
    return () => scratch.remove();
  });

  test.each(['serve', 'demo'])('%s refuses it', async (command) => {
    const folder = await newerFolder();
    const before = contentsOf(folder);
    const { code, out, err } = await run([command], { KEYRACK_DATA: folder });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${join(folder, 'keyrack.db')}: the database is of a newer version (9999-tomorrow.sql)`);
    expect(err).toMatch(/Install .*, or restore a backup from before the update/);
    expect(contentsOf(folder)).toEqual(before);
  });

  test('backup copies it whole, and says what can restore the copy', async () => {
    const folder = await newerFolder();
    const copy = join(scratch.path, 'copy.db');
    const { code, out, err } = await run(['backup', copy, '--data', folder]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 9999, target: copy });
    expect(err).toMatch(/newer version than this Keyrack \(9999-tomorrow\.sql\).*can serve or restore it/);
  });

  test('restore refuses a backup of one by its name, and leaves the folder as it is', async () => {
    const folder = keyrackFolder();
    await restoreServer(backup, folder, Date.now(), null);
    const before = contentsOf(folder);
    const { code, out, err } = await run(['restore', newerBackup, '--data', folder]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${newerBackup}: the database is of a newer version (9999-tomorrow.sql)`);
    expect(contentsOf(folder)).toEqual(before);
  });

  test('restore puts a backup from before the update in its place, and keeps it aside', async () => {
    const folder = await newerFolder();
    const { code, out } = await run(['restore', backup, '--data', folder]);
    expect(code).toBe(0);
    expect(existsSync(JSON.parse(out).replaced)).toBe(true);
    const server = keyrack(['serve'], { ...ENV, KEYRACK_DATA: folder });
    await server.says('Keyrack listens on');
  });
});

function makeNewer(file: string): void {
  const db = new Database(file);
  db.prepare('INSERT INTO migrations (number, name, sha256, applied_at) VALUES (9999, ?, ?, 0)').run(
    '9999-tomorrow.sql',
    '0'.repeat(64),
  );
  db.close();
}

describe('a front desk’s folder of a newer version', () => {
  const AGENT = '01900000-0000-7000-8000-00000000000a' as AgentId;
  const SERVER = 'ws://127.0.0.1:9/agent';
  const tomorrow = JSON.stringify({ version: 9999, what: 'nobody knows yet' });

  const FILES = ['agent-identity.json', 'agent.json', 'journal/standing.json', 'cards/04A1B2C3D4E501.json'] as const;
  type File = (typeof FILES)[number];

  /** Each command that opens the folder, and what of it that one reads. */
  const COMMANDS: Readonly<Record<string, readonly [readonly string[], readonly File[]]>> = {
    agent: [['agent', '--sim-encoder', '7C778A6C7D9C', '--page-port', 'off'], FILES],
    'agent --pair': [
      ['agent', '--server', SERVER, '--pair', 'ABCD2345', '--page-port', 'off'],
      ['agent-identity.json', 'agent.json'],
    ],
    'agent pair': [
      ['agent', 'pair', 'ABCD2345', '--server', SERVER],
      ['agent-identity.json', 'agent.json'],
    ],
    'agent doctor': [
      ['agent', 'doctor'],
      ['agent-identity.json', 'agent.json', 'journal/standing.json'],
    ],
    'agent readers': [['agent', 'readers'], ['agent-identity.json']],
  };

  const table = Object.entries(COMMANDS).flatMap(([name, [args, files]]) =>
    files.map((file): [string, File, readonly string[]] => [name, file, args]),
  );

  test.each(table)('%s, where it has such a %s, says so and leaves it', async (_name, file, args) => {
    const folder = keyrackFolder();
    await keepIdentity(folder, SERVER, AGENT, newAgentKey());
    mkdirSync(join(folder, 'journal'), { mode: 0o700 });
    mkdirSync(join(folder, 'cards'));
    writeFileSync(join(folder, file), tomorrow, { mode: 0o600 });
    const before = contentsOf(folder);
    const { code, out, err } = await run([...args, '--data', folder]);
    expect(code).not.toBe(0);
    expect(out + err).toMatch(/written by a newer version of the agent[.;].*(?:Update this agent|update this one)/i);
    expect(out + err).toContain(file.split('/').at(-1));
    // It may have begun a journal meanwhile.
    expect(contentsOf(folder)).toMatchObject(before);
  });
});

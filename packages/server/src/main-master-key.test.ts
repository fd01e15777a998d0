import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { newAccount } from './domain/people.ts';
import { newProperty } from './domain/places.ts';
import { startServer } from './main.ts';
import { restoreServer } from './main-restore.ts';
import { SEALED_KNOWN_FACT } from './queries/sealed-secrets.ts';
import { createSealer, PURPOSE, type Sealer } from './runtime/sealed-secret.ts';
import { backupSqlite } from './store/index.ts';
import { migrate, readMigrations } from './store/sqlite/migrate.ts';
import { scratchFolder } from './store/testing/scratch-folder.ts';
import { recordingLog } from './testing/recording-log.ts';

/** The key that seals secrets at rest, and databases that another one sealed. */

const newKey = () => randomBytes(32).toString('base64');
const fileIn = (folder: string) => join(folder, 'master.key');
const databaseIn = (folder: string) => join(folder, 'keyrack.db');
const sealerOf = (key: string) => createSealer([{ version: 1, key: Buffer.from(key, 'base64') }]);

/** Starts a server on the folder, looks whether its secrets open, and stops it. Answers what stands in its log. */
async function startOn(folder: string, environment?: string) {
  const { log, lines } = recordingLog();
  const env = { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_MASTER_KEY: environment };
  const server = await startServer(readConfig(env, folder), log);
  const account = await server.read('findAccount', { sid: 'a'.repeat(32) });
  try {
    if (account !== null) server.sealer.open(account.sealedToken, PURPOSE.accountToken);
  } finally {
    await server.stop();
  }
  return lines;
}

function rowsSealedBy(sealer: Sealer) {
  const cardKey = sealer.seal(randomBytes(32), PURPOSE.propertyCardKey);
  const token = sealer.seal(Buffer.from('token'), PURPOSE.accountToken);
  return [
    {
      table: 'properties',
      row: newProperty({ id: 'p', number: '1', name: 'Inn', timeZone: 'UTC', sealedCardKey: cardKey }),
    },
    { table: 'accounts', row: newAccount({ sid: 'a'.repeat(32), name: 'PMS', sealedToken: token }) },
  ] as const;
}

interface Used {
  readonly folder: string;
  readonly key: string;
}

/** A data folder whose server was at work with a key of its file: making one takes long, copying it doesn't. */
let template: Used;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-store-'));
  const server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder), recordingLog().log);
  await server.run('putRows', { onlyIfEmpty: true, rows: [...rowsSealedBy(server.sealer)] });
  await server.stop();
  template = { folder, key: readFileSync(fileIn(folder), 'utf8').trim() };
});

afterAll(() => rmSync(template.folder, { recursive: true }));

function usedFolder(): Used {
  const folder = scratchFolder();
  cpSync(template.folder, folder, { recursive: true });
  return { folder, key: template.key };
}

/** The same as servers of before left it, which sealed no known value. */
function oldFolder(): Used {
  const used = usedFolder();
  const db = new Database(databaseIn(used.folder));
  expect(db.prepare('DELETE FROM facts WHERE name = ?').run(SEALED_KNOWN_FACT).changes).toBe(1);
  db.close();
  return used;
}

/** What lies in the folder that could be lost: the key, and what it sealed. */
function keptIn(folder: string) {
  const db = new Database(databaseIn(folder), { readonly: true });
  const rows = ['facts', 'accounts', 'properties'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  db.close();
  return { key: existsSync(fileIn(folder)) ? readFileSync(fileIn(folder), 'utf8') : null, rows };
}

const KINDS = [
  ['with a known value', usedFolder],
  ['from before there was a known value', oldFolder],
] as const;

describe.each(KINDS)('a database %s', (_kind, make) => {
  test('is served with its key, from the file or the environment', async () => {
    const { folder, key } = make();
    await startOn(folder);
    rmSync(fileIn(folder));
    await startOn(folder, key);
    expect(existsSync(fileIn(folder))).toBe(false);
  });

  test.each<[string, (folder: string, key: string) => string | undefined, RegExp]>([
    [
      'its file is gone',
      (folder) => void rmSync(fileIn(folder)),
      /master\.key is missing, and KEYRACK_MASTER_KEY isn't set\. Give the server the key that sealed it/,
    ],
    [
      'its file holds another key',
      (folder) => void writeFileSync(fileIn(folder), newKey()),
      /master\.key isn't the one that the database beside it was sealed with\. Give the server the key/,
    ],
    [
      'the environment holds another key',
      (folder) => {
        rmSync(fileIn(folder));
        return newKey();
      },
      /^KEYRACK_MASTER_KEY isn't the key that the database in .* was sealed with\. Give the server the key/,
    ],
    [
      'the environment holds another key, and the file the right one',
      () => newKey(),
      /^KEYRACK_MASTER_KEY isn't the key .*The one in .*master\.key is: unset KEYRACK_MASTER_KEY\./,
    ],
    [
      'the environment and the file hold other keys',
      (folder) => {
        writeFileSync(fileIn(folder), newKey());
        return newKey();
      },
      /^KEYRACK_MASTER_KEY isn't the key .*Give the server the key/,
    ],
    [
      'its file is cut short',
      (folder, key) => void writeFileSync(fileIn(folder), key.slice(0, 20)),
      /isn't 32 bytes in base64; restore it from your backup/,
    ],
  ])('is not served where %s, which changes nothing', async (_where, spoil, why) => {
    const { folder, key } = make();
    const environment = spoil(folder, key);
    const before = keptIn(folder);
    const refused = expect.objectContaining({ name: 'MasterKeyError', message: expect.stringMatching(why) });
    await expect(startOn(folder, environment)).rejects.toEqual(refused);
    expect(keptIn(folder)).toEqual(before);
  });

  test('is served with the key of the environment where the file holds another one, which the log tells', async () => {
    const { folder, key } = make();
    writeFileSync(fileIn(folder), newKey());
    const lines = await startOn(folder, key);
    expect(lines).toContainEqual(expect.objectContaining({ level: 40, file: fileIn(folder) }));
  });

  test('that is restored into a new folder is served once its key is there, and restore says so', async () => {
    const { folder, key } = make();
    const backup = join(scratchFolder(), 'backup.db');
    await backupSqlite(databaseIn(folder), backup);
    const target = join(scratchFolder(), 'new', 'folder');
    const restored = await restoreServer(backup, target, 1, null);
    expect(restored.masterKey).toEqual({ fits: false, why: expect.stringContaining('master.key is missing') });
    await expect(startOn(target)).rejects.toThrow('Give the server the key that sealed it');
    writeFileSync(fileIn(target), newKey());
    expect((await restoreServer(backup, target, 2, null)).masterKey).toEqual({
      fits: false,
      why: expect.stringContaining("isn't the one"),
    });
    writeFileSync(fileIn(target), key);
    expect((await restoreServer(backup, target, 3, null)).masterKey).toEqual({ fits: true });
    await startOn(target);
  });
});

describe('a database from before', () => {
  const newest = readMigrations().length;
  test.each([1, newest - 1, newest])(
    'that has come as far as migration %d is opened, and its key is known from then on',
    async (number) => {
      const folder = scratchFolder();
      mkdirSync(folder, { recursive: true });
      const key = newKey();
      const db = new Database(databaseIn(folder));
      migrate(db, readMigrations().slice(0, number));
      const sealed = sealerOf(key).seal(randomBytes(32), PURPOSE.propertyCardKey);
      db.prepare('INSERT INTO properties (id, number, name, time_zone, card_keys) VALUES (?, ?, ?, ?, ?)').run(
        ...['p', '1', 'Inn', 'UTC', JSON.stringify([{ version: 1, sealed }])],
      );
      db.close();
      await expect(startOn(folder)).rejects.toThrow('Give the server the key that sealed it');
      await startOn(folder, key);
      await expect(startOn(folder, newKey())).rejects.toThrow("KEYRACK_MASTER_KEY isn't the key");
    },
  );

  test('that a server with a wrong key has sealed an account in is served with the key of its cards, and says which', async () => {
    const { folder, key } = oldFolder();
    const wrong = newKey();
    const db = new Database(databaseIn(folder));
    const sealed = sealerOf(wrong).seal(Buffer.from('token'), PURPOSE.accountToken);
    db.prepare('UPDATE accounts SET sealed_token = ?').run(sealed);
    db.close();
    await expect(startOn(folder, wrong)).rejects.toThrow("KEYRACK_MASTER_KEY isn't the key");
    const { log, lines } = recordingLog();
    const env = { PORT: '0', KEYRACK_METRICS: 'none', KEYRACK_MASTER_KEY: key };
    await (await startServer(readConfig(env, folder), log)).stop();
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 50,
        kind: 'accountToken',
        of: 'a'.repeat(32),
        msg: expect.stringContaining('import'),
      }),
    );
  });
});

test('a key is made for a new folder, and another will do while nothing is sealed with it', async () => {
  const folder = scratchFolder();
  await startOn(folder);
  const first = readFileSync(fileIn(folder), 'utf8');
  await startOn(folder);
  expect(readFileSync(fileIn(folder), 'utf8')).toBe(first);
  rmSync(fileIn(folder));
  await startOn(folder);
  expect(readFileSync(fileIn(folder), 'utf8')).not.toBe(first);
  await startOn(folder, newKey());
});

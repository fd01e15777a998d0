import { linkSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { openDatabase, openToRead } from './database.ts';
import { lockForProcess } from './process-lock.ts';

it('stays locked when the garbage is collected and nobody has kept the lock', async () => {
  const file = join(scratchFolder(), 'keyrack.db');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  (() => void lockForProcess(file))();
  for (let i = 0; i < 3; i += 1) {
    collect();
    // Finalizers run when the turn is over.
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(() => lockForProcess(file)).toThrow('another Keyrack server is serving this database');
});

// A link needs no right on this system alone.
it.skipIf(process.platform === 'win32').each([
  ['a link to the file', (real: string, link: string) => symlinkSync(real, link)],
  [
    'a link to a link',
    (real: string, link: string) => [symlinkSync(real, `${link}.1`), symlinkSync(`${link}.1`, link)],
  ],
])('is one lock by whatever name the database is reached: %s', (_, makeLink) => {
  const [disk, folder] = [join(scratchFolder(), 'disk'), join(scratchFolder(), 'folder')];
  mkdirSync(disk);
  mkdirSync(folder);
  const [real, link] = [join(disk, 'keyrack.db'), join(folder, 'keyrack.db')];
  writeFileSync(real, '');
  makeLink(real, link);
  for (const [first, second] of [
    [real, link],
    [link, real],
  ] as const) {
    const lock = lockForProcess(first);
    expect(() => lockForProcess(second)).toThrow('another Keyrack server is serving this database');
    lock.close();
  }
});

/** Ways to a second server over a database that is served: each prepares one, and answers its path. */
const ways: readonly [string, string, (file: string, other: string) => string][] = [
  ['its own path', 'another Keyrack server is serving this database', (file) => file],
  [
    'a hard link to it',
    'this database has a second name (a hard link)',
    (file, other) => {
      linkSync(file, other);
      return other;
    },
  ],
  [
    'its own path, when somebody took the lock away',
    'another program has this database open, and its lock file was taken away',
    (file) => {
      for (const name of readdirSync(dirname(file))) if (name.includes('.lock')) rmSync(join(dirname(file), name));
      return file;
    },
  ],
];
// Windows lets nobody take away a file that is open.
const possible = process.platform === 'win32' ? ways.slice(0, 2) : ways;

it.each(possible)('a database that is served has no second server by %s', (_, matter, another) => {
  const [file, other] = [join(scratchFolder(), 'keyrack.db'), join(scratchFolder(), 'keyrack.db')];
  const served = openDatabase(file);
  const way = another(file, other);
  // Not the second time either: the refusal leaves nothing that lets the next one in.
  for (let attempt = 0; attempt < 2; attempt += 1) expect(() => openDatabase(way)).toThrow(matter);
  served.db.exec("INSERT INTO facts (name, value) VALUES ('still', 'served')");
  served.close();
  rmSync(other, { force: true });
  openDatabase(file).close();
});

it('a database is served beside a program that reads it', () => {
  const file = join(scratchFolder(), 'keyrack.db');
  openDatabase(file).close();
  const reader = openToRead(file);
  reader.prepare('SELECT count(*) FROM facts').get();
  openDatabase(file).close();
  reader.close();
});

it.skipIf(process.platform === 'win32')('a database has no file that others may read', () => {
  const folder = scratchFolder();
  // As an earlier version left it: whoever can read it can lock it.
  writeFileSync(join(folder, 'keyrack.db.lock'), '', { mode: 0o644 });
  const { close } = openDatabase(join(folder, 'keyrack.db'));
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  expect(modes).toEqual(modes.map(([name]) => [name, 0o600]));
  expect(modes.map(([name]) => name)).toContain('keyrack.db.lock');
  close();
});

// As with one that another user made, which can't be tried as root.
it.each([
  ['is a folder', (lock: string) => mkdirSync(lock), 'cannot be opened'],
  ['is something else', (lock: string) => writeFileSync(lock, 'x'.repeat(5_000)), 'this is not a Keyrack database'],
])('a lock that %s is named, and not the database', (_, spoil, matter) => {
  const file = join(scratchFolder(), 'keyrack.db');
  openDatabase(file).close();
  rmSync(`${file}.lock`);
  spoil(`${file}.lock`);
  expect(() => openDatabase(file)).toThrow(new RegExp(`keyrack\\.db\\.lock: .*${matter}`));
});

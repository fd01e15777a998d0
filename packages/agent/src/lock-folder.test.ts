import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { adviceOn, FolderInUse, FolderLockError, isFolderLocked, LOCK_FILE, lockFolder } from './lock-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-hold-'));
});
/** Those that hold or want it: Windows removes no file that somebody has open. */
let others: { readonly child: ChildProcess; readonly gone: Promise<unknown> }[] = [];
afterEach(async () => {
  for (const { child } of others) child.kill('SIGKILL');
  await Promise.all(others.map(({ gone }) => gone));
  others = [];
  await rm(folder, { recursive: true, maxRetries: 5 });
});

test('a folder is held once, whatever it is called, until it is released', async () => {
  const folderLock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  if (process.platform !== 'win32') {
    await symlink(folder, join(folder, 'alias'));
    await expect(lockFolder(join(folder, 'alias'))).rejects.toThrow(FolderInUse);
  }
  await folderLock.release();
  await (await lockFolder(folder)).release();
});

/**
 * Another process that tries to hold the folder, and what it says: `held`, or the name of the error. By then it has collected
 * its garbage, in several turns: objects of native code end in later ones.
 */
async function another(): Promise<{ child: ChildProcess; said: string; gone: Promise<unknown> }> {
  const source = new URL('./lock-folder.ts', import.meta.url).href;
  const program = `
    const { lockFolder } = await import(${JSON.stringify(source)});
    const said = await lockFolder(${JSON.stringify(folder)}).then(() => 'held', (error) => error.name);
    for (let turn = 0; turn < 3; turn += 1) {
      gc();
      await new Promise((resolve) => setImmediate(resolve));
    }
    console.log(said);
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  others.push({ child, gone });
  const [said] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return { child, said: String(said).trim(), gone };
}

test('a folder whose lock nobody refers to stays locked when garbage is collected', async () => {
  expect((await another()).said).toBe('held');
  expect(await isFolderLocked(folder)).toBe(true);
  expect((await another()).said).toBe('FolderInUse');
});

test('another process that holds it and is killed lets it go', async () => {
  const { child, said, gone } = await another();
  expect(said).toBe('held');
  await expect(lockFolder(folder)).rejects.toThrow('Another agent is running');
  child.kill('SIGKILL');
  await gone;
  await (await lockFolder(folder)).release();
});

/** POSIX ends all locks of a process on a file when it closes any descriptor of that file. */
test('who asks in vain within the process that holds it leaves the hold as it is', async () => {
  const folderLock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
  expect(await isFolderLocked(folder)).toBe(true);
  expect((await another()).said).toBe('FolderInUse');
  await folderLock.release();
});

test('of processes that start at once where one was killed, one alone gets it', async () => {
  const first = await another();
  first.child.kill('SIGKILL');
  await first.gone;
  const said = (await Promise.all([another(), another(), another(), another()])).map((each) => each.said);
  expect(said.toSorted()).toEqual(['FolderInUse', 'FolderInUse', 'FolderInUse', 'held']);
});

/** Until now the hold was a name that any user of the computer could take. */
test('nobody who can’t reach the folder keeps an agent from it', async () => {
  const { createHash } = await import('node:crypto');
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\keyrack-agent-${name}` : `\0keyrack-agent-${name}`;
  const squatter = createServer().listen(process.platform === 'darwin' ? join(tmpdir(), `keyrack-${name}.sock`) : path);
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  await (await lockFolder(folder)).release();
  expect(await readdir(folder)).toEqual([LOCK_FILE]);
});

test.skipIf(process.platform === 'win32')('others can’t lock its file, for they can’t open it', async () => {
  await chmod(folder, 0o755);
  await (await lockFolder(folder)).release();
  expect((await stat(join(folder, LOCK_FILE))).mode & 0o777).toBe(0o600);
  await chmod(join(folder, LOCK_FILE), 0o644);
  await (await lockFolder(folder)).release();
  expect((await stat(join(folder, LOCK_FILE))).mode & 0o777).toBe(0o600);
});

test('what isn’t a lock is told with what to do, and nobody runs without one', async () => {
  await writeFile(
    join(folder, LOCK_FILE),
    'A text that somebody put there, longer than the header of a database is.'.repeat(9),
  );
  await expect(lockFolder(folder)).rejects.toThrow(/remove it/);
  await rm(join(folder, LOCK_FILE));
  // A user of Windows may make no links.
  if (process.platform === 'win32') return;
  await symlink(join(folder, 'elsewhere'), join(folder, LOCK_FILE));
  await expect(lockFolder(folder)).rejects.toThrow(FolderLockError);
});

/** As a network's file system says it (SQLite's unix VFS). */
test.each(['SQLITE_IOERR_LOCK', 'SQLITE_PROTOCOL', 'SQLITE_READONLY'])('%s is no reason to remove the file', (code) => {
  expect(adviceOn(code)).toContain('file system');
  expect(adviceOn(code)).not.toContain('remove');
});

/** The superuser may do everything. */
test('asking whether it is held holds nothing and makes nothing', async () => {
  expect(await isFolderLocked(folder)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
  const folderLock = await lockFolder(folder);
  expect(await isFolderLocked(folder)).toBe(true);
  await folderLock.release();
  expect(await isFolderLocked(folder)).toBe(false);
});

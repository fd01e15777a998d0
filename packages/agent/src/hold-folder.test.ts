import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUse, holdFolder } from './hold-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyrack-hold-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder is held once, whatever it is called, until it is released', async () => {
  const hold = await holdFolder(folder);
  await expect(holdFolder(folder)).rejects.toThrow(FolderInUse);
  await symlink(folder, join(folder, 'alias'));
  await expect(holdFolder(join(folder, 'alias'))).rejects.toThrow(FolderInUse);
  await hold.release();
  await (await holdFolder(folder)).release();
});

test('another process that holds it and is killed lets it go', async () => {
  const source = new URL('./hold-folder.ts', import.meta.url).href;
  const program = `
    const { holdFolder } = await import(${JSON.stringify(source)});
    await holdFolder(${JSON.stringify(folder)});
    console.log('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  await once(child.stdout, 'data');
  await expect(holdFolder(folder)).rejects.toThrow('Another agent is running');
  child.kill('SIGKILL');
  await gone;
  await (await holdFolder(folder)).release();
});

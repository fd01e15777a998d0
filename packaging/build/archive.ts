import { readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { runTool } from './run-tool.ts';

/** Seconds since 1970 that every file of a package bears: two builds give the same bytes. */
export const FILES_TIME = Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0, 1) / 1000);

/** Packs a folder of `parent` into a .tar.xz. The same files give the same bytes, whoever packs them, when and where. */
export async function packTar(parent: string, folder: string, file: string): Promise<void> {
  const tar = file.replace(/\.xz$/, '');
  await runTool('tar', {
    cwd: parent,
    args: [
      '--create',
      `--file=${tar}`,
      '--sort=name',
      `--mtime=@${FILES_TIME}`,
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      '--format=posix',
      '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime',
      folder,
    ],
  });
  // Two threads: the blocks, and with them the bytes, don't depend on how many there are.
  await runTool('xz', { cwd: parent, args: ['--force', '-6', '--threads=2', '--block-size=48MiB', tar] });
}

/** Packs a folder of `parent` into a .zip, the same way. */
export async function packZip(parent: string, folder: string, file: string): Promise<void> {
  rmSync(file, { force: true });
  const time = `@${FILES_TIME}`;
  const names = filesIn(join(parent, folder)).map((path) => relative(parent, path).split(sep).join('/'));
  const list = names.sort().join('\n');
  await runTool('xargs', { cwd: parent, args: ['-d', '\n', 'touch', '--no-dereference', '-d', time], input: list });
  await runTool('zip', { cwd: parent, args: ['-X', '-9', '-q', '-@', file], input: list });
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

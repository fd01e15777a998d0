import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runTool } from './run-tool.ts';

/** Seconds since 1970 that every file of a package bears: two builds give the same bytes. */
const FILES_TIME = Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0, 1) / 1000);

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
  const files = filesIn(join(parent, folder));
  for (const each of files) utimesSync(each, FILES_TIME, FILES_TIME);
  const names = files.map((each) => relative(parent, each)).sort();
  await runTool('zip', { cwd: parent, args: ['-X', '-9', '-q', '-@', file], input: names.join('\n') });
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

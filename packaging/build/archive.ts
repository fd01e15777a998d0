import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runTool } from './run-tool.ts';

/** Seconds since 1970 that every file of a package bears: two builds give the same bytes. */
export const FILES_TIME = Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0, 1) / 1000);

/** What is compressed already, by the ends of names: to do it again takes time and saves nothing. */
const COMPRESSED = '.xz:.zip:.gz:.br';

/**
 * Packs a folder of `parent` into a .tar, or a .tar.xz or .tar.gz by the file's name. The same files give the same bytes,
 * whoever packs them, when and where.
 */
export async function packTar(parent: string, folder: string, file: string, quick: boolean): Promise<void> {
  const [, tar = file, compression] = /^(.*\.tar)\.(xz|gz)$/.exec(file) ?? [];
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
  const xz = ['--force', quick ? '-0' : '-6', '--threads=2', '--block-size=48MiB', tar];
  if (compression === 'xz') await runTool('xz', { cwd: parent, args: xz });
  if (compression === 'gz')
    await runTool('gzip', { cwd: parent, args: ['--force', '--no-name', quick ? '-1' : '-6', tar] });
}

/** Packs a folder of `parent` into a .zip, the same way. */
export async function packZip(parent: string, folder: string, file: string, quick: boolean): Promise<void> {
  rmSync(file, { force: true });
  const files = filesIn(join(parent, folder));
  for (const each of files) utimesSync(each, FILES_TIME, FILES_TIME);
  const names = files.map((each) => relative(parent, each)).sort();
  const args = ['-X', quick ? '-1' : '-9', '-q', '-n', COMPRESSED, '-@', file];
  await runTool('zip', { cwd: parent, args, input: names.join('\n') });
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runTool } from './run-tool.ts';

/** Seconds since 1970 that every file of a package bears: two builds give the same bytes. */
export const FILES_TIME = Number(process.env.SOURCE_DATE_EPOCH ?? Date.UTC(2026, 0, 1) / 1000);

/**
 * Packs a folder of `parent` into a .tar, or a .tar.xz or .tar.gz by the file's name. The same files give the same bytes,
 * whoever packs them, when and where.
 */
export async function packTar(parent: string, folder: string, file: string, quick: boolean, owner = 0): Promise<void> {
  const [, tar = file, compression] = /^(.*\.tar)\.(xz|gz)$/.exec(file) ?? [];
  await runTool('tar', {
    cwd: parent,
    args: [
      '--create',
      `--file=${tar}`,
      '--sort=name',
      `--mtime=@${FILES_TIME}`,
      `--owner=${owner}`,
      `--group=${owner}`,
      '--numeric-owner',
      '--format=posix',
      '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime',
      folder,
    ],
  });
  // Two threads: the blocks, and with them the bytes, don't depend on how many there are.
  const xz = ['--force', quick ? '-0' : '-4', '--threads=2', '--block-size=48MiB', tar];
  if (compression === 'xz') await runTool('xz', { cwd: parent, args: xz });
  if (compression === 'gz')
    await runTool('gzip', { cwd: parent, args: ['--force', '--no-name', quick ? '-1' : '-6', tar] });
}

/**
 * Packs a folder of `parent` into a .zip, the same way. 7-Zip deflates Node better than zip does: with zip, an agent's archive
 * would have more than its 36 MB.
 */
export async function packZip(parent: string, folder: string, file: string, quick: boolean): Promise<void> {
  rmSync(file, { force: true });
  const files = filesIn(join(parent, folder));
  for (const each of files) utimesSync(each, FILES_TIME, FILES_TIME);
  const names = files.map((each) => relative(parent, each)).sort();
  const isCompressed = (name: string) => /\.(?:xz|zip|gz|br)$/.test(name);
  // What is compressed already is only stored: to do it again takes time and saves nothing.
  for (const [level, some] of [
    [quick ? 1 : 5, names.filter((name) => !isCompressed(name))],
    [0, names.filter(isCompressed)],
  ] as const) {
    if (some.length === 0) continue;
    const list = `${file}.names`;
    writeFileSync(list, some.join('\n'));
    // The times in it are of DOS, in the time zone of the process, which is UTC; no others are kept.
    const args = ['a', '-tzip', `-mx=${level}`, '-mtc=off', '-mta=off', '-bso0', '-bsp0', file, `@${list}`];
    await runTool('7zz', { cwd: parent, args });
    rmSync(list);
  }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

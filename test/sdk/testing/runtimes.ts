import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const LISTED = join(root, 'test/sdk/runtimes');

/** They are packaged for many systems; tried is the one that CI has. */
export const HAS_RUNTIMES = process.platform === 'linux' && process.arch === 'x64' && isGlibc();

function isGlibc(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime !== undefined;
}

/** How a runtime runs a script with arguments. */
export interface Runtime {
  readonly name: string;
  /** Within its packages. */
  readonly program: string;
  readonly args: readonly string[];
}

export const RUNTIMES: readonly Runtime[] = [
  { name: 'Node 20', program: 'node20/bin/node', args: [] },
  { name: 'Node 22', program: 'node22/bin/node', args: [] },
  {
    name: 'Deno',
    program: '@deno/linux-x64-glibc/deno',
    args: ['run', '--quiet', '--no-prompt', '--node-modules-dir=manual', '--allow-net', '--allow-read'],
  },
  { name: 'Bun', program: '@oven/bun-linux-x64-baseline/bin/bun', args: ['run'] },
];

/**
 * The folder with the packages of runtimes that test/sdk/runtimes names; its lock file has the checksum of each. They are
 * half a gigabyte, and not for everybody who installs the repository.
 */
export async function installRuntimes(): Promise<string> {
  const lock = readFileSync(join(LISTED, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = join(root, 'node_modules/.cache', `keyrack-sdk-runtimes-${hash}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}.unfinished`;
    mkdirSync(unfinished, { recursive: true });
    try {
      for (const file of ['package.json', 'package-lock.json']) cpSync(join(LISTED, file), join(unfinished, file));
      cpSync(join(root, '.npmrc'), join(unfinished, '.npmrc'));
      await npm(unfinished, 'ci', '--prefer-offline');
      renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(folder, 'node_modules');
}

/** Runs npm in a folder. Returns what it printed. */
export async function npm(cwd: string, ...args: string[]): Promise<string> {
  const ran = await promisify(execFile)('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], { cwd });
  return ran.stdout;
}

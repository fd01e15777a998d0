import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from './run-tool.ts';
import { TARGETS, type TargetName } from './targets.ts';

/**
 * What npm installs on a system of this kind, from the lock file alone: its Node, and its parts in machine code. It runs no
 * script of any package.
 */
export async function installedPackages(root: string, target: TargetName, out: string): Promise<string> {
  const { os, cpu } = TARGETS[target];
  const members = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
  for (const file of ['package.json', 'package-lock.json', '.npmrc', ...members]) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(out, file)), { recursive: true });
    cpSync(join(root, file), join(out, file));
  }
  const libc = os === 'linux' ? ['--libc=glibc'] : [];
  await runTool('npm', {
    args: [
      'ci',
      '--omit=dev',
      '--include=optional',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `--os=${os}`,
      `--cpu=${cpu}`,
      ...libc,
    ],
    cwd: out,
  });
  return join(out, 'node_modules');
}

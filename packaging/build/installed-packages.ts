import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from './run-tool.ts';
import { TARGET_NAMES, TARGETS, type TargetName } from './targets.ts';

/** The system of this machine, as packages name it; undefined where there are none for it. */
export const MACHINE = TARGET_NAMES.find(
  (name) => TARGETS[name].os === process.platform && TARGETS[name].cpu === process.arch,
);

/**
 * What npm installs on a system of this kind, from the lock file alone: its Node, and its parts in machine code. It runs no
 * script of any package. With `fromCheckout` the checkout's own packages are taken for this machine, unasked.
 */
export async function installedPackages(
  root: string,
  target: TargetName,
  out: string,
  fromCheckout: boolean,
): Promise<string> {
  if (fromCheckout && target === MACHINE) return join(root, 'node_modules');
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

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT_NAMES } from './products.ts';
import { runTool, ToolFailure } from './run-tool.ts';
import { nativePackages } from './stage.ts';
import { TARGET_NAMES, TARGETS, type TargetName } from './targets.ts';

/** The system of this machine, as packages name it; undefined where there are none for it. */
export const MACHINE = TARGET_NAMES.find(
  (name) => TARGETS[name].os === process.platform && TARGETS[name].cpu === process.arch,
);

/**
 * What packages take of the registry for a system of this kind: its Node, and its parts in machine code. npm compares each with
 * the checksum in the lock file. It runs no script of any package. With `fromCheckout` the checkout's own packages are taken for
 * this machine, unasked.
 */
export async function installedPackages(
  root: string,
  target: TargetName,
  out: string,
  fromCheckout: boolean,
): Promise<string> {
  if (fromCheckout && target === MACHINE) return join(root, 'node_modules');
  const { os, cpu } = TARGETS[target];
  const names = [...new Set(PRODUCT_NAMES.flatMap((each) => nativePackages(each, target)))];
  const lock = cutLock(readFileSync(join(root, 'package-lock.json'), 'utf8'), names);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'package-lock.json'), JSON.stringify(lock));
  writeFileSync(join(out, 'package.json'), JSON.stringify(lock.packages['']));
  if (existsSync(join(root, '.npmrc'))) cpSync(join(root, '.npmrc'), join(out, '.npmrc'));
  const libc = os === 'linux' ? ['--libc=glibc'] : [];
  await runTool('npm', {
    args: [
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-bin-links',
      '--loglevel=error',
      `--os=${os}`,
      `--cpu=${cpu}`,
      ...libc,
    ],
    cwd: out,
  });
  const missing = names.filter((name) => !existsSync(join(out, 'node_modules', name)));
  if (missing.length > 0)
    throw new ToolFailure(
      `npm fetched no ${missing.join(', no ')}. Look whether npm's registry can be reached, and build again.`,
    );
  return join(out, 'node_modules');
}

interface Entry {
  readonly version: string;
  readonly dependencies?: unknown;
  readonly optionalDependencies?: unknown;
}

/**
 * Cuts a lock file to these packages, without what they depend on: all else is bundled from the checkout. To install everything
 * three times over would take a minute.
 */
function cutLock(text: string, names: readonly string[]) {
  const { lockfileVersion, packages } = JSON.parse(text) as {
    readonly lockfileVersion: number;
    readonly packages: Readonly<Record<string, Entry>>;
  };
  const taken = names.map((name) => {
    const entry = packages[`node_modules/${name}`];
    if (entry === undefined) throw new Error(`package-lock.json has no ${name}, which packages for desks take`);
    return [name, entry] as const;
  });
  const own = {
    name: 'keyrack-packages',
    version: '0.0.0',
    private: true,
    // Of what isn't optional, npm refuses all that is for another system than this one.
    optionalDependencies: Object.fromEntries(taken.map(([name, { version }]) => [name, version])),
  };
  return {
    name: own.name,
    version: own.version,
    lockfileVersion,
    requires: true,
    packages: {
      '': own,
      ...Object.fromEntries(
        taken.map(([name, { dependencies: _, optionalDependencies: __, ...entry }]) => [
          `node_modules/${name}`,
          { ...entry, optional: true },
        ]),
      ),
    },
  };
}

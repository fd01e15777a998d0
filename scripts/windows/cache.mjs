import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NotReady } from '../node-runtime.mjs';
import { runChild } from '../run-child.mjs';
import { cached, debianIn, hashOf } from '../test-cache.mjs';

/** Debian 12's Wine 8 can't run V8; Debian 13 has Wine 10. apt checks each package against the archive's signed list. */
const SUITE = 'trixie';
const PACKAGES = ['wine64', 'wine', 'pcscd', 'libpcsclite1', 'vsmartcard-vpcd'];

/** A Debian with Wine and pcscd, in which nothing was run yet. Returns its folder. */
export function windowsRoot() {
  const version = hashOf([SUITE, ...PACKAGES].join());
  return cached(`wine-${version}`, `a Debian ${SUITE} with Wine (mmdebstrap, a minute)`, async (folder) => {
    await debianIn(folder, SUITE, PACKAGES);
    for (const point of ['keyrack', 'out']) mkdirSync(join(folder, point));
  });
}

/** node_modules as npm installs it on Windows, Node itself included; the lock file has each package's checksum. */
export function windowsModules(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return cached(`win32-modules-${hashOf(lock)}`, 'the packages for Windows (npm ci, a minute)', async (folder) => {
    const members = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
    for (const file of ['package.json', 'package-lock.json', '.npmrc', ...members]) {
      if (!existsSync(join(root, file))) continue;
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, file), join(folder, file));
    }
    const args = ['ci', '--os=win32', '--cpu=x64', '--include=dev', '--include=optional', '--loglevel=error'];
    const { code, output } = await runChild('npm', args, { cwd: folder, capture: true });
    if (code !== 0) throw new NotReady(`npm ${args.join(' ')} ended with code ${code}:\n${output}`);
  });
}

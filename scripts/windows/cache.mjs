import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { NotReady } from '../node-runtime.mjs';
import { runChild } from '../run-child.mjs';

/** What the runs under Wine need, outside of any checkout. Only whole folders have their names; what dies leaves none. */
const CACHE = process.env.KEYRACK_TEST_CACHE ?? '/var/cache/keyrack-tests';
/** What no run has used for so long is removed. Milliseconds. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** Debian 12's Wine 8 can't run V8; Debian 13 has Wine 10. apt checks each package against the archive's signed list. */
const SUITE = 'trixie';
const PACKAGES = ['wine64', 'wine', 'pcscd', 'libpcsclite1', 'vsmartcard-vpcd'];

/** A Debian with Wine and pcscd, in which nothing was run yet. Returns its folder. */
export function windowsRoot() {
  const version = hashOf([SUITE, ...PACKAGES].join());
  return cached(`wine-${version}`, `a Debian ${SUITE} with Wine (mmdebstrap, a minute)`, async (folder) => {
    const { code, output } = await runChild(
      'mmdebstrap',
      ['--variant=minbase', `--include=${PACKAGES.join()}`, SUITE, folder],
      { capture: true },
    );
    if (code !== 0) throw new NotReady(`mmdebstrap ended with code ${code}:\n${output}`);
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

async function cached(name, what, make) {
  const folder = join(CACHE, name);
  mkdirSync(CACHE, { recursive: true });
  removeOld(name);
  if (!existsSync(folder)) {
    process.stdout.write(`Making ${what} in ${CACHE} …\n`);
    const unfinished = `${folder}.${process.pid}.unfinished`;
    try {
      await make(unfinished);
      renameSync(unfinished, folder);
    } catch (error) {
      // Another run may have been faster.
      if (!existsSync(folder)) throw error;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  utimesSync(folder, new Date(), new Date());
  return folder;
}

function removeOld(used) {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    if (name !== used && statSync(folder).mtimeMs < Date.now() - KEPT_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './run-child.mjs';

const VPCD_DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

/** What tests need of the system, by Debian package. A test that misses its part is skipped by name, and fails in CI. */
export const SYSTEM_PARTS = [
  { package: 'chromium', serves: 'tests in a browser', isThere: () => onPath('chromium') },
  { package: 'fonts-noto-cjk', serves: 'pictures of Chinese pages', isThere: () => hasFont('opentype/noto') },
  { package: 'pcscd', serves: 'tests of real encoders', isThere: () => onPath('pcscd', '/usr/sbin') },
  {
    package: 'vsmartcard-vpcd',
    serves: 'tests of real encoders',
    isThere: () => existsSync(VPCD_DRIVER),
  },
];

/**
 * Installs what is missing, with apt-get, where that is possible: on Debian and its kin, as root. Elsewhere says what is
 * missing and how to get it.
 */
export async function installSystemParts() {
  const missing = missingParts();
  if (missing.length === 0) return;
  const packages = missing.map((part) => part.package);
  if (!mayInstall()) {
    const what = missing.map((part) => `${part.package} (${part.serves})`).join(', ');
    say(`Not on this machine: ${what}. The tests that need them are skipped; on Debian, install them as root with`);
    say(`  apt-get install --no-install-recommends ${packages.join(' ')}`);
    return;
  }
  say(`Installing what the tests need of the system (apt-get, up to a minute): ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['-qq', 'update'],
    ['-qq', '-y', 'install', '--no-install-recommends', ...packages],
  ]) {
    const { code, output } = await runChild('apt-get', args, { env, capture: true });
    if (code === 0) continue;
    say(`apt-get ${args.join(' ')} ended with code ${code}:\n${output}`);
    break;
  }
  const left = missingParts().map((part) => part.package);
  if (left.length > 0) say(`Still missing: ${left.join(' ')}. Install them by hand, and run the tests again.`);
}

function missingParts() {
  return SYSTEM_PARTS.filter((part) => !part.isThere());
}

function mayInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get');
}

function onPath(program, ...more) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...more];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hasFont(folder) {
  return existsSync(join('/usr/share/fonts', folder));
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

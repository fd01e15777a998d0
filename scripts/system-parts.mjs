import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runChild } from './run-child.mjs';

const VPCD_DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

/** What tests need of the system, by Debian package. A test that misses its part is skipped by name, and fails in CI. */
export const SYSTEM_PARTS = [
  {
    package: 'chromium-headless-shell',
    serves: 'tests in a browser',
    isThere: () => onPath('chromium-headless-shell'),
  },
  { package: 'fonts-noto-cjk', serves: 'pictures of Chinese pages', isThere: () => hasFont('opentype/noto') },
  { package: 'fonts-inter', serves: 'pictures of the console', isThere: () => hasFont('opentype/inter') },
  { package: 'pcscd', serves: 'tests of real encoders', isThere: () => onPath('pcscd', '/usr/sbin') },
  {
    package: 'vsmartcard-vpcd',
    serves: 'tests of real encoders',
    isThere: () => existsSync(VPCD_DRIVER),
  },
  { package: 'nginx-light', serves: 'tests of reverse proxies', isThere: () => onPath('nginx', '/usr/sbin') },
  { package: 'caddy', serves: 'tests of reverse proxies', isThere: () => onPath('caddy') },
  { package: 'wget', serves: 'the line that the console shows for Linux', isThere: () => onPath('wget') },
  { package: 'curl', serves: 'commands of the documents', isThere: () => onPath('curl') },
  { package: 'mmdebstrap', serves: 'tests under Wine and of packages', isThere: () => onPath('mmdebstrap') },
  { package: '7zip', serves: 'tests of the package for Windows', isThere: () => onPath('7zz') },
  { package: 'iproute2', serves: 'tests under Wine', isThere: () => onPath('ip', '/usr/sbin', '/sbin') },
  { package: 'systemd-container', serves: "tests of Debian's packages", isThere: () => onPath('systemd-nspawn') },
  { package: 'crun', serves: "tests of the server's image", isThere: () => onPath('crun') },
  { package: 'docker-compose', serves: 'the check of the Compose file', isThere: () => onPath('docker-compose') },
  { package: 'qemu-user-static', serves: 'tests of packages for arm64', isThere: () => onPath('qemu-aarch64-static') },
  {
    package: 'postgresql-15',
    serves: 'tests on PostgreSQL',
    isThere: () => existsSync('/usr/lib/postgresql/15/bin/initdb'),
  },
  { package: 'systemd', serves: 'checks of the units in packaging/', isThere: () => onPath('systemd-analyze') },
];

/** What these packages would run from now on, on a machine with systemd. */
const SERVICES = [
  'nginx.service',
  'caddy.service',
  'pcscd.service',
  'pcscd.socket',
  'machines.target',
  'postgresql.service',
];

/** Where Debian's package of PostgreSQL looks whether it makes a database of its own as it is installed. */
const CLUSTERS = '/etc/postgresql-common/createcluster.conf';

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
  const had = SERVICES.filter(isUnit);
  if (packages.includes('postgresql-15') && !existsSync(CLUSTERS)) {
    mkdirSync(dirname(CLUSTERS), { recursive: true });
    writeFileSync(CLUSTERS, 'create_main_cluster = false\n');
  }
  await withoutServices(() => aptGet(packages));
  // The tests start the programs by themselves. Nothing of them runs at the next start of the machine either.
  const added = SERVICES.filter((unit) => !had.includes(unit) && isUnit(unit));
  if (added.length > 0 && onPath('systemctl')) await runChild('systemctl', ['disable', ...added], { capture: true });
  const left = missingParts().map((part) => part.package);
  if (left.length > 0) say(`Still missing: ${left.join(' ')}. Install them by hand, and run the tests again.`);
}

async function aptGet(packages) {
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
}

/**
 * Lets no package start a service while `action` runs: Debian asks `policy-rc.d` before it starts one, and 101 means no.
 * A policy that is there already stays as it is.
 */
export async function withoutServices(action, policy = '/usr/sbin/policy-rc.d') {
  if (existsSync(policy)) return action();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await action();
  } finally {
    rmSync(policy, { force: true });
  }
}

function isUnit(name) {
  return ['/lib/systemd/system', '/usr/lib/systemd/system'].some((folder) => existsSync(join(folder, name)));
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

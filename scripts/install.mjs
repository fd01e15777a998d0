import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { checkMachine, NotReady, nodeRuntime } from './node-runtime.mjs';
import { runChild } from './run-child.mjs';

const STAMP = '.keyrack-lock-sha256';

/**
 * Brings node_modules in line with package-lock.json, with `npm ci`, and only if it isn't.
 * Returns the path of the Node that runs Keyrack.
 */
export async function install(root) {
  checkMachine(root);
  if (!isInstalled(root)) {
    await npmCi(root);
    stamp(root);
  }
  return nodeRuntime(root);
}

/**
 * Whether every package of the lock file is here. The stamp tells that this lock file was installed; without it, what npm
 * noted decides, so that `npm ci` by hand counts too. Neither proves that the folders are still there.
 */
export function isInstalled(root) {
  const modules = join(root, 'node_modules');
  const stampFile = join(modules, STAMP);
  const isStamped = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash(root);
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesIn(record);
  for (const [path, entry] of Object.entries(packagesIn(join(root, 'package-lock.json')))) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    const found = installed[path];
    // npm has tried once already what the stamp is for: one for this machine that it left out stays out.
    if (!found && (!entry.optional || (!isStamped && isForHere(entry)))) return false;
    if (found && !entry.link && found.version !== entry.version) return false;
    if (found && !existsSync(join(root, path))) return false;
  }
  if (!isStamped) stamp(root);
  return true;
}

/** Whether an optional package is for this kind of machine: a binary that is missing fails when it is needed. */
function isForHere({ os, cpu, libc }) {
  const fits = (given, here) => {
    const list = [given ?? here].flat();
    return list.includes(here) || (list.every((each) => each.startsWith('!')) && !list.includes(`!${here}`));
  };
  if (os === undefined && cpu === undefined) return false;
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, LIBC);
}

/** Node tells the version of the C library that it was started with, where that is glibc. */
const LIBC = process.report?.getReport?.().header?.glibcVersionRuntime ? 'glibc' : 'musl';

const packagesIn = (lockFile) => JSON.parse(readFileSync(lockFile, 'utf8')).packages;

const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const stamp = (root) => writeFileSync(join(root, 'node_modules', STAMP), lockHash(root));

async function npmCi(root) {
  if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules') + sep)) {
    // Windows doesn't let a program be removed while it runs, and this one runs from node_modules.
    throw new NotReady('The packages have changed. Run "npm ci", then this command again.');
  }
  process.stderr.write('Installing the packages that Keyrack needs (npm ci, up to a minute) …\n');
  // Errors only: npm warns that the machine's Node is old for some packages, but they run on the packaged one.
  const args = ['ci', '--loglevel=error', '--include=dev', '--include=optional'];
  const npm = process.env.npm_execpath;
  const windows = process.platform === 'win32';
  const { code } = npm?.endsWith('.js')
    ? await runChild(process.execPath, [npm, ...args], { cwd: root })
    : await runChild(windows ? 'cmd' : 'npm', windows ? ['/c', 'npm', ...args] : args, { cwd: root });
  if (code !== 0) throw new NotReady(`Installing failed: npm ci ended with code ${code}; its message is above.`);
}

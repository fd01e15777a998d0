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

/** The stamp answers at once; without it, what npm says it installed decides, so that `npm ci` by hand counts too. */
function isInstalled(root) {
  const modules = join(root, 'node_modules');
  const stampFile = join(modules, STAMP);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash(root)) return true;
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(record);
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) continue;
    const found = installed[path];
    if (!found && !optional) return false;
    if (found && !link && found.version !== version) return false;
  }
  stamp(root);
  return true;
}

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

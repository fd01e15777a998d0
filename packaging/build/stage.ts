import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MinisignPublicKey, publicKeyText } from '@keyrack/protocol/minisign.ts';
import { copyNative, packagesOf } from './native-parts.ts';
import { PRODUCTS, type ProductName } from './products.ts';
import { isWindows, TARGETS, type TargetName } from './targets.ts';

/** The public key that an update must be signed by, as a file of minisign in a version's folder. */
export const RELEASE_KEY = 'release-key.pub';

export interface Staging {
  readonly root: string;
  readonly product: ProductName;
  readonly target: TargetName;
  readonly version: string;
  /** Who signs updates of it; null where it takes none. */
  readonly key: MinisignPublicKey | null;
  /** The product's own code, as modules. */
  readonly code: string;
  /** What npm installs on this system. */
  readonly modules: string;
  /** The built console. */
  readonly console: string;
  /** The agents' archives of the same build, or null where none were made. */
  readonly downloads: string | null;
}

/**
 * Lays out a version of a product for a system, without anything that starts it:
 *
 *     bin/node        Node, as its makers publish it
 *     lib/            the program
 *     console/        the built console, of a server
 *     downloads/      the agents' archives that a server hands out
 *     node_modules/   the parts in machine code
 *     LICENCES        those of what is inside; sbom.cdx.json names it for programs
 *     release-key.pub who signs updates of it, where the build is signed
 */
export function stageVersion(
  { root, product, target, key, code, modules, console, downloads }: Staging,
  out: string,
): void {
  const node = isWindows(target) ? 'node.exe' : 'node';
  mkdirSync(join(out, 'bin'), { recursive: true });
  cpSync(join(modules, TARGETS[target].node, 'bin', node), join(out, 'bin', node));
  cpSync(code, join(out, 'lib'), { recursive: true });
  // Node takes modules for what they are by the nearest package.json.
  writeFileSync(join(out, 'lib/package.json'), `${JSON.stringify({ private: true, type: 'module' })}\n`);
  for (const name of PRODUCTS[product].native) copyNative(name, target, modules, join(out, 'node_modules'));
  if (PRODUCTS[product].console) cpSync(console, join(out, 'console'), { recursive: true });
  if (downloads !== null) cpSync(downloads, join(out, 'downloads'), { recursive: true });
  for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(root, file), join(out, file));
  if (key !== null) writeFileSync(join(out, RELEASE_KEY), publicKeyText(key));
}

/** The packages of which a system's Node and parts in machine code are. */
export const nativePackages = (product: ProductName, target: TargetName): string[] => [
  TARGETS[target].node,
  ...PRODUCTS[product].native.flatMap((name) => packagesOf(name, target)),
];

/** Who may read it, reads all of it; what is a program, is one: whatever the umask of the builder. */
export function setModes(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setModes(path);
    else if (entry.isFile()) chmodSync(path, isProgram(path) ? 0o755 : 0o644);
  }
}

function isProgram(path: string): boolean {
  if (/[\\/]bin[\\/]node$/.test(path)) return true;
  return readFileSync(path).subarray(0, 2).toString('latin1') === '#!' && !/\.(?:[cm]?js|ts)$/.test(path);
}

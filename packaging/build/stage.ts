import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PRODUCTS, type ProductName } from './products.ts';
import { isWindows, TARGETS, type TargetName } from './targets.ts';

export interface Staging {
  readonly root: string;
  readonly product: ProductName;
  readonly target: TargetName;
  /** The product's own code, as modules. */
  readonly code: string;
  /** What npm installs on this system. */
  readonly modules: string;
  /** The built console. */
  readonly console: string;
}

/**
 * Lays out a version of a product for a system, without anything that starts it:
 *
 *     bin/node        Node, as its makers publish it
 *     lib/            the program
 *     console/        the built console, of a server
 *     node_modules/   the parts in machine code
 */
export function stageVersion({ root, product, target, code, modules, console }: Staging, out: string): void {
  const node = isWindows(target) ? 'node.exe' : 'node';
  mkdirSync(join(out, 'bin'), { recursive: true });
  cpSync(join(modules, TARGETS[target].node, 'bin', node), join(out, 'bin', node));
  cpSync(code, join(out, 'lib'), { recursive: true });
  // Node takes modules for what they are by the nearest package.json.
  writeFileSync(join(out, 'lib/package.json'), `${JSON.stringify({ private: true, type: 'module' })}\n`);
  for (const name of PRODUCTS[product].native) copyNative[name](modules, join(out, 'node_modules'), target);
  if (PRODUCTS[product].console) cpSync(console, join(out, 'console'), { recursive: true });
  for (const file of ['LICENSE', 'CHANGELOG.md']) cpSync(join(root, file), join(out, file));
}

/** The packages of which a system's Node and parts in machine code are. */
export function nativePackages(product: ProductName, target: TargetName): string[] {
  const binaries: Record<Native, string | null> = {
    'better-sqlite3': null,
    koffi: koffiBinary(target),
    '@node-rs/argon2': argon2Binary(target),
  };
  return [
    TARGETS[target].node,
    ...PRODUCTS[product].native.flatMap((name) => [name, ...(binaries[name] === null ? [] : [binaries[name]])]),
  ];
}

const koffiBinary = (target: TargetName) => `@koromix/koffi-${TARGETS[target].os}-${TARGETS[target].cpu}`;

const argon2Binary = (target: TargetName) => {
  const { os, cpu } = TARGETS[target];
  return `@node-rs/argon2-${os}-${cpu}-${os === 'win32' ? 'msvc' : 'gnu'}`;
};

type Native = (typeof PRODUCTS)[ProductName]['native'][number];

/** Of each package with parts in machine code: what is needed on one system. */
const copyNative: Record<Native, (from: string, to: string, target: TargetName) => void> = {
  'better-sqlite3': (from, to, target) => {
    copyFiles(from, to, 'better-sqlite3', ['package.json', 'LICENSE', 'lib']);
    const { os, cpu } = TARGETS[target];
    copyFiles(from, to, 'better-sqlite3', [`prebuilds/${os}-${cpu}.node`]);
  },
  koffi: (from, to, target) => {
    copyFiles(from, to, 'koffi', ['package.json', 'LICENSE.txt', 'index.js', 'index.cjs']);
    cpSync(join(from, 'koffi/src'), join(to, 'koffi/src'), { recursive: true, filter: isFolderOrScript });
    const binary = koffiBinary(target);
    cpSync(join(from, binary), join(to, binary), { recursive: true, filter: (path) => !path.includes('musl') });
  },
  '@node-rs/argon2': (from, to, target) => {
    copyFiles(from, to, '@node-rs/argon2', ['package.json', 'index.js']);
    cpSync(join(from, argon2Binary(target)), join(to, argon2Binary(target)), { recursive: true });
  },
};

function copyFiles(from: string, to: string, name: string, files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(to, name, file)), { recursive: true });
    cpSync(join(from, name, file), join(to, name, file), { recursive: true });
  }
}

const isFolderOrScript = (path: string) => statSync(path).isDirectory() || /\.c?js$/.test(path);

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

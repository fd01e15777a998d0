import { cpSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { TARGETS, type TargetName } from './targets.ts';

/** A package with parts in machine code, which stays a package of its own beside the bundle. */
interface NativePart {
  /** Of the package's files, those that one system needs. */
  readonly needs: (file: string, target: TargetName) => boolean;
  /** The package that has the machine code for one system, where it is another one. */
  readonly binary?: (target: TargetName) => string;
}

/** `linux-x64` and its kin, as npm names systems. */
const systemOf = (target: TargetName) => `${TARGETS[target].os}-${TARGETS[target].cpu}`;

const NATIVE_PARTS = {
  'better-sqlite3': {
    needs: (file, target) =>
      /^(?:package\.json|LICENSE|lib\/.*)$/.test(file) || file === `prebuilds/${systemOf(target)}.node`,
  },
  koffi: {
    needs: (file) => /^(?:package\.json|LICENSE\.txt|index\.c?js|src\/.*\.c?js)$/.test(file),
    binary: (target) => `@koromix/koffi-${systemOf(target)}`,
  },
  '@node-rs/argon2': {
    needs: (file) => /^(?:package\.json|LICENSE|index\.js)$/.test(file),
    binary: (target) => `@node-rs/argon2-${systemOf(target)}-${TARGETS[target].os === 'win32' ? 'msvc' : 'gnu'}`,
  },
} as const satisfies Record<string, NativePart>;

export type NativeName = keyof typeof NATIVE_PARTS;

const partOf = (name: NativeName): NativePart => NATIVE_PARTS[name];

/** The packages of the registry that a native part consists of, on one system. */
export function packagesOf(name: NativeName, target: TargetName): string[] {
  const binary = partOf(name).binary?.(target);
  return binary === undefined ? [name] : [name, binary];
}

/** Copies what one system needs of a native part from one node_modules into another. */
export function copyNative(name: NativeName, target: TargetName, from: string, to: string): void {
  for (const each of packagesOf(name, target)) {
    const needs = each === name ? partOf(name).needs : isForGlibc;
    const filter = (path: string) => {
      const file = relative(join(from, each), path).split(sep).join('/');
      return statSync(path).isDirectory() || needs(file, target);
    };
    cpSync(join(from, each), join(to, each), { recursive: true, filter });
  }
}

/** Node's own builds need glibc. */
const isForGlibc = (file: string) => !file.includes('musl');

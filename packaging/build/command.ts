import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MinisignSecretKey, NotMinisign, readSecretKey } from '@keyrack/protocol/minisign.ts';
import { CommandLineError, readArguments } from '../../test/command-line/read-arguments.ts';
import { PRODUCT_NAMES, type ProductName } from './products.ts';
import { isTarget, TARGET_NAMES, type TargetName } from './targets.ts';

export const USAGE = `npm run package -- [OPTIONS]  builds the packages into dist/packages
  --for SYSTEM      for this system alone: ${TARGET_NAMES.join(', ')}; may be repeated (all)
  --only PRODUCT    this product alone: ${PRODUCT_NAMES.join(', ')} (both)
  --out FOLDER      into this folder
  --unpacked        lays the folders out, and packs none
  --sign KEYFILE    signs the checksums with this secret key of minisign, which no password protects
  --help            says this

It needs no root, and asks nobody but npm's registry for what the lock file names. Two builds give the same bytes.`;

export interface Wanted {
  readonly products: readonly ProductName[];
  readonly targets: readonly TargetName[];
  readonly out: string;
  readonly unpacked: boolean;
  readonly key: MinisignSecretKey | null;
}

/** Reads what was typed. Throws a CommandLineError where it can't be understood. */
export function readWanted(root: string, args: readonly string[]): Wanted | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      for: { type: 'string', multiple: true, default: [...TARGET_NAMES] },
      only: { type: 'string', multiple: true, default: [...PRODUCT_NAMES] },
      out: { type: 'string', default: join(root, 'dist/packages') },
      unpacked: { type: 'boolean', default: false },
      sign: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  return {
    targets: values.for.map((name) => {
      if (isTarget(name)) return name;
      throw new CommandLineError(`--for takes ${TARGET_NAMES.join(', ')}, not "${name}".`);
    }),
    products: values.only.map((name) => {
      const product = PRODUCT_NAMES.find((each) => each === name);
      if (product !== undefined) return product;
      throw new CommandLineError(`--only takes ${PRODUCT_NAMES.join(' or ')}, not "${name}".`);
    }),
    out: resolve(values.out),
    unpacked: values.unpacked,
    key: values.sign === undefined ? null : secretKeyIn(values.sign),
  };
}

function secretKeyIn(file: string): MinisignSecretKey {
  try {
    return readSecretKey(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof NotMinisign) throw new CommandLineError(`--sign ${file}: ${error.message}`);
    throw new CommandLineError(`--sign: ${file} can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type MinisignSecretKey, NotMinisign, readSecretKey } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { CommandLineError, readArguments } from '../../test/command-line/read-arguments.ts';
import type { Wanted } from './build-packages.ts';
import type { FormName } from './forms.ts';
import { PRODUCT_NAMES, type ProductName } from './products.ts';
import { isTarget, TARGET_NAMES } from './targets.ts';

export const USAGE = `npm run package -- [OPTIONS]  builds the packages into dist/packages
  --for SYSTEM      for this system alone: ${TARGET_NAMES.join(', ')}; may be repeated (all)
  --only PRODUCT    this product alone: ${PRODUCT_NAMES.join(', ')} (both)
  --out FOLDER      into this folder
  --unpacked        lays the folders out, and packs none
  --image           makes an image of the server for containers, too: needs mmdebstrap, and root or name spaces for users
  --sign KEYFILE    signs the checksums with this secret key of minisign, which no password protects
  --help            says this

KEYRACK_BUILD_VERSION in the environment stands for the version of the sources, for tests that need a newer one.
It needs no root but for --image, and asks nobody but npm's registry for what the lock file names. Two builds give the same bytes.`;

/** Reads what was typed. Throws a CommandLineError where it can't be understood. */
export function readWanted(root: string, args: readonly string[], env: NodeJS.ProcessEnv): Wanted | 'help' {
  const { values } = readArguments({
    args: [...args],
    options: {
      for: { type: 'string', multiple: true, default: [...TARGET_NAMES] },
      only: { type: 'string', multiple: true, default: [...PRODUCT_NAMES] },
      out: { type: 'string', default: join(root, 'dist/packages') },
      unpacked: { type: 'boolean', default: false },
      image: { type: 'boolean', default: false },
      sign: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const products = values.only.map(productNamed);
  const forms: FormName[] = values.unpacked ? [] : ['archive', 'debian', ...(values.image ? (['image'] as const) : [])];
  return {
    version: versionIn(env),
    targets: values.for.map((name) => {
      if (isTarget(name)) return name;
      throw new CommandLineError(`--for takes ${TARGET_NAMES.join(', ')}, not "${name}".`);
    }),
    forms: {
      agent: products.includes('agent') ? forms : [],
      server: products.includes('server') ? forms : [],
    },
    folders: values.unpacked ? products : [],
    out: resolve(values.out),
    quick: false,
    key: values.sign === undefined ? null : secretKeyIn(values.sign),
  };
}

function productNamed(name: string): ProductName {
  const product = PRODUCT_NAMES.find((each) => each === name);
  if (product !== undefined) return product;
  throw new CommandLineError(`--only takes ${PRODUCT_NAMES.join(' or ')}, not "${name}".`);
}

/** As https://semver.org writes it. It names folders and files, and stands in the programs. */
const SEMVER = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

function versionIn({ KEYRACK_BUILD_VERSION: version = VERSION }: NodeJS.ProcessEnv): string {
  if (SEMVER.test(version)) return version;
  throw new CommandLineError(`KEYRACK_BUILD_VERSION takes a version such as 1.2.3 or 1.2.3-test, not "${version}".`);
}

function secretKeyIn(file: string): MinisignSecretKey {
  try {
    return readSecretKey(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof NotMinisign) throw new CommandLineError(`--sign ${file}: ${error.message}`);
    throw new CommandLineError(`--sign: ${file} can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

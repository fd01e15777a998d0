import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSecretKey } from '@keyrack/protocol/minisign.ts';
import { VERSION } from '@keyrack/protocol/version.ts';
import { buildPackages, type Wanted } from '../../../packaging/build/build-packages.ts';
import { MACHINE } from '../../../packaging/build/installed-packages.ts';
import { PRODUCT_NAMES } from '../../../packaging/build/products.ts';
import type { BuildPart } from './build-once.ts';
import { NEXT_VERSION } from './next-version.ts';
import { TEST_KEY } from './test-key.ts';

// `node build-for-tests.ts FOLDER PART…`: what build-once.ts promises. It is a process of its own: bundlers change theirs.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [out = '', ...parts] = process.argv.slice(2);
// Elsewhere nobody installs them, and the tests that would are skipped by name.
const debian = existsSync('/usr/bin/dpkg-deb') ? (['debian'] as const) : [];
const always = {
  version: VERSION,
  targets: MACHINE === undefined ? [] : [MACHINE],
  forms: { agent: ['archive', ...debian], server: debian },
  folders: PRODUCT_NAMES,
  key: readSecretKey(TEST_KEY.secret),
  quick: true,
} as const;

const PARTS: Readonly<Record<BuildPart, Omit<Wanted, 'out'>>> = {
  now: always,
  next: { ...always, version: NEXT_VERSION },
  image: { ...always, forms: { agent: [], server: ['image'] }, folders: [] },
  arm64: {
    ...always,
    targets: ['linux-arm64'],
    forms: { agent: ['debian'], server: ['debian', 'image'] },
    folders: ['agent'],
  },
};

for (const part of parts as BuildPart[]) await buildPackages(root, { ...PARTS[part], out: `${out}/${part}` }, () => {});

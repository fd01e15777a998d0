import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { keyrackFolder } from '../world/keyrack.ts';

/** `npm start` and `npm test` install anew where a package of the lock file isn't here. */

const { isInstalled }: { isInstalled(root: string): boolean } = await import(
  new URL('../../scripts/install.mjs', import.meta.url).href
);

interface Package {
  readonly version: string;
  readonly optional?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
type Packages = Readonly<Record<string, Package>>;

const BINARY: Package = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };
const ELSEWHERE: Package = { version: '1.0.0', optional: true, os: ['sunos'], cpu: ['vax'] };
const WANTED: Packages = {
  'node_modules/one': { version: '1.0.0' },
  'packages/part/node_modules/within': { version: '2.0.0' },
  'node_modules/binary-here': BINARY,
  'node_modules/binary-elsewhere': ELSEWHERE,
};
const { 'node_modules/binary-elsewhere': _elsewhere, ...HERE } = WANTED;

/** A checkout with that lock file, in which npm has installed these packages. */
function checkout(installed: Packages): string {
  const root = keyrackFolder();
  for (const path of Object.keys(installed)) mkdirSync(join(root, path), { recursive: true });
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  return root;
}

const without = (name: string): Packages => Object.fromEntries(Object.entries(HERE).filter(([path]) => path !== name));

test('all is here, also by hand, and at the next start', () => {
  const root = checkout(HERE);
  expect([isInstalled(root), isInstalled(root)]).toEqual([true, true]);
});

describe('is not here', () => {
  test.each<[string, () => string]>([
    ['a package that the lock file got', () => checkout(without('node_modules/one'))],
    ['a package of another version', () => checkout({ ...HERE, 'node_modules/one': { version: '0.9.0' } })],
    ['a package of a part', () => checkout(without('packages/part/node_modules/within'))],
    ['a binary for this machine', () => checkout(without('node_modules/binary-here'))],
    ['anything at all', () => keyrackFolderWithLock()],
    [
      'a package that was removed after npm noted it',
      () => {
        const root = checkout(HERE);
        rmSync(join(root, 'node_modules/one'), { recursive: true });
        return root;
      },
    ],
    [
      'a package that was removed after a start',
      () => {
        const root = checkout(HERE);
        expect(isInstalled(root)).toBe(true);
        rmSync(join(root, 'node_modules/one'), { recursive: true });
        return root;
      },
    ],
    [
      'a package that the lock file got after a start',
      () => {
        const root = checkout(HERE);
        expect(isInstalled(root)).toBe(true);
        const more = { ...WANTED, 'node_modules/two': { version: '1.0.0' } };
        writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: more }));
        return root;
      },
    ],
  ])('%s', (_, make) => {
    expect(isInstalled(make())).toBe(false);
  });
});

function keyrackFolderWithLock(): string {
  const root = keyrackFolder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: WANTED }));
  return root;
}

test('this very checkout has all of its packages', () => {
  expect(isInstalled(fileURLToPath(new URL('../../', import.meta.url)))).toBe(true);
});

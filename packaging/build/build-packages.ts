import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build as buildConsole, isStale } from '@keyrack/console/build.mjs';
import { VERSION } from '@keyrack/protocol/version.ts';
import { packTar, packZip } from './archive.ts';
import { bundle } from './bundle.ts';
import { writeChecksums } from './checksums.ts';
import type { Wanted } from './command.ts';
import { consolePackages } from './console-packages.ts';
import { type Inside, licencesText, tellInside } from './inside.ts';
import { installedPackages } from './installed-packages.ts';
import { PRODUCTS, type ProductName } from './products.ts';
import { sbomOf } from './sbom.ts';
import { nativePackages, type Staging, setModes, stageVersion } from './stage.ts';
import { isWindows, type TargetName } from './targets.ts';

/** Builds what is wanted. Each file is there whole, or not at all. */
export async function buildPackages(root: string, wanted: Wanted, say: (text: string) => void): Promise<void> {
  const { products, targets, out, unpacked, key } = wanted;
  mkdirSync(out, { recursive: true });
  const work = mkdtempSync(join(out, '.build-'));
  const made: string[] = [];
  const keep = (name: string) => {
    renameSync(join(work, name), join(out, name));
    made.push(join(out, name));
    say(`${relative(process.cwd(), join(out, name))}  ${megabytes(join(out, name))} MB`);
  };
  try {
    const console = join(work, 'console');
    const installed = (target: TargetName) => join(work, 'installed', target);
    const code = (product: ProductName) => join(work, 'code', product);
    const bundled = new Map<ProductName, readonly string[]>();
    await Promise.all([
      ...targets.map((target) => installedPackages(root, target, installed(target))),
      ...products.map(async (product) => {
        const { main, native } = PRODUCTS[product];
        bundled.set(product, (await bundle(root, { mains: { main }, native }, code(product))).packages);
      }),
      products.some((product) => PRODUCTS[product].console) ? takeConsole(root, console) : null,
    ]);
    for (const product of products) {
      for (const target of targets) {
        const modules = join(installed(target), 'node_modules');
        const inside = tellInside(root, [
          ...(bundled.get(product) ?? []),
          ...nativePackages(product, target).map((name) => join(modules, name)),
          ...(PRODUCTS[product].console ? consolePackages(root) : []),
        ]);
        const name = `${PRODUCTS[product].name}-${VERSION}-${target}`;
        const parent = join(work, 'staged', name);
        layOut({ root, product, target, code: code(product), modules, console }, inside, parent);
        const archive = `${name}.${isWindows(target) ? 'zip' : 'tar.xz'}`;
        if (unpacked) {
          rmSync(join(out, name), { recursive: true, force: true });
          renameSync(parent, join(out, name));
        } else {
          await (isWindows(target) ? packZip : packTar)(parent, PRODUCTS[product].name, join(work, archive));
          rmSync(parent, { recursive: true });
          keep(archive);
        }
        writeFileSync(join(work, `${archive}.cdx.json`), sbomOf({ ...PRODUCTS[product], version: VERSION }, inside));
        keep(`${archive}.cdx.json`);
      }
    }
    for (const file of await writeChecksums(work, made, key)) keep(file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Lays out what somebody unpacks: the version in a folder of its own, and what starts the one that the file `current` names. */
function layOut(staging: Staging, inside: readonly Inside[], parent: string): void {
  const { root, product, target } = staging;
  const top = join(parent, PRODUCTS[product].name);
  const version = join(top, 'versions', VERSION);
  stageVersion(staging, version);
  writeFileSync(join(version, 'LICENCES'), licencesText(inside));
  cpSync(join(root, 'packaging', isWindows(target) ? 'windows' : 'linux'), top, { recursive: true });
  writeFileSync(join(top, 'current'), `${VERSION}\n`);
  setModes(top);
}

/** The console of these sources, built where it isn't. */
async function takeConsole(root: string, to: string): Promise<void> {
  const built = join(root, 'packages/console/dist');
  if (isStale(built)) await buildConsole(built);
  cpSync(built, to, { recursive: true });
}

const megabytes = (file: string) => (statSync(file).size / 1_000_000).toFixed(1);

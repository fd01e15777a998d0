import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Inside, licencesText } from './inside.ts';
import { PRODUCTS, type ProductName } from './products.ts';
import { type Staging, setModes, stageVersion } from './stage.ts';
import { isWindows, type TargetName } from './targets.ts';

/** A product for one system, laid out to be packed. */
export interface LaidOut {
  readonly root: string;
  readonly product: ProductName;
  readonly target: TargetName;
  readonly version: string;
  /** The folder that holds PRODUCT/{keyrack,current,versions/VERSION}. */
  readonly parent: string;
  /** A folder for what is only needed meanwhile, for this product and system alone. */
  readonly scratch: string;
  /** Compresses little: for tests. */
  readonly quick: boolean;
}

/** Lays out what somebody unpacks: the version in a folder of its own, and what starts the one that the file `current` names. */
export function layOut(staging: Staging, inside: readonly Inside[], sbom: string, parent: string): void {
  const { root, product, target, version } = staging;
  const top = join(parent, PRODUCTS[product].name);
  const folder = join(top, 'versions', version);
  mkdirSync(folder, { recursive: true });
  stageVersion(staging, folder);
  writeFileSync(join(folder, 'LICENCES'), licencesText(inside));
  writeFileSync(join(folder, 'sbom.cdx.json'), sbom);
  for (const starter of starters(product, target)) {
    for (const entry of readdirSync(join(root, 'packaging', starter), { withFileTypes: true }))
      if (entry.isFile()) cpSync(join(entry.parentPath, entry.name), join(top, entry.name));
  }
  writeFileSync(join(top, 'current'), `${version}\n`);
  setModes(top);
}

/** The folders of `packaging` whose files lie beside the versions. */
function starters(product: ProductName, target: TargetName): readonly string[] {
  if (!isWindows(target)) return ['linux'];
  return product === 'agent' ? ['windows', 'windows/agent'] : ['windows'];
}

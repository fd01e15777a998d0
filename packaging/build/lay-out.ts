import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
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
  cpSync(join(root, 'packaging', isWindows(target) ? 'windows' : 'linux'), top, { recursive: true });
  writeFileSync(join(top, 'current'), `${version}\n`);
  setModes(top);
}

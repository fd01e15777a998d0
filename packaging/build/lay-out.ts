import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Inside, licencesText } from './inside.ts';
import { PRODUCTS } from './products.ts';
import { type Staging, setModes, stageVersion } from './stage.ts';
import { isWindows } from './targets.ts';

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

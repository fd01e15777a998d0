import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { build as buildConsole, isStale } from '@keyrack/console/build.mjs';
import type { MinisignSecretKey } from '@keyrack/protocol/minisign.ts';
import { bundle } from './bundle.ts';
import { writeChecksums } from './checksums.ts';
import { consolePackages } from './console-packages.ts';
import { type FormName, formOf, nameOf } from './forms.ts';
import { tellInside } from './inside.ts';
import { installedPackages } from './installed-packages.ts';
import { layOut } from './lay-out.ts';
import { PRODUCT_NAMES, PRODUCTS, type ProductName } from './products.ts';
import { sbomOf } from './sbom.ts';
import { nativePackages } from './stage.ts';
import type { TargetName } from './targets.ts';

/** What starts an image. It lies beside the images, since whoever runs them has no sources. */
const COMPOSE_FILE = 'compose.yaml';

export interface Wanted {
  readonly version: string;
  readonly targets: readonly TargetName[];
  /** The forms of each product; none where it isn't wanted. */
  readonly forms: Readonly<Record<ProductName, readonly FormName[]>>;
  /** Products whose folders are left unpacked, too. */
  readonly folders: readonly ProductName[];
  readonly out: string;
  readonly key: MinisignSecretKey | null;
  /** Takes what is installed in the checkout where that fits, and compresses little: for tests. */
  readonly quick: boolean;
  /** What is installed for other systems already: the node_modules of each. For tests. */
  readonly installed?: Partial<Record<TargetName, string>>;
}

/** Builds what is wanted. Each file is there whole, or not at all. */
export async function buildPackages(root: string, wanted: Wanted, say: (text: string) => void): Promise<void> {
  const { targets, forms, folders, version, out, key, quick, installed = {} } = wanted;
  // In this order: a server's packages bring the agents' archives.
  const products = PRODUCT_NAMES.filter((each) => forms[each].length > 0 || folders.includes(each));
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
    const code = (product: ProductName) => join(work, 'code', product);
    const modules = new Map<TargetName, string>();
    const bundled = new Map<ProductName, readonly string[]>();
    await allOf([
      ...targets.map(async (target) =>
        modules.set(target, installed[target] ?? (await installedPackages(root, target, join(work, target), quick))),
      ),
      ...products.map(async (each) => {
        const { main, native } = PRODUCTS[each];
        bundled.set(each, (await bundle(root, { mains: { main }, native, version }, code(each))).packages);
      }),
      products.some((each) => PRODUCTS[each].console) ? takeConsole(root, console) : null,
    ]);

    const make = async (product: ProductName, target: TargetName, downloads: string | null) => {
      const name = nameOf(product, version, target);
      const packages = modules.get(target) as string;
      const inside = tellInside(root, [
        ...(bundled.get(product) ?? []),
        ...nativePackages(product, target).map((each) => join(packages, each)),
        ...(PRODUCTS[product].console ? consolePackages(root) : []),
      ]);
      const sbom = sbomOf({ ...PRODUCTS[product], version }, inside);
      const parent = join(work, 'laid-out', name);
      const staging = {
        root,
        product,
        target,
        version,
        key,
        code: code(product),
        modules: packages,
        console,
        downloads,
      };
      layOut(staging, inside, sbom, parent);
      for (const form of forms[product]) {
        const file = formOf(form).file(product, version, target);
        if (file === null) continue;
        const scratch = join(work, 'scratch', form, name);
        mkdirSync(scratch, { recursive: true });
        await formOf(form).write({ root, product, target, version, parent, scratch, quick }, join(work, file));
        rmSync(scratch, { recursive: true });
        writeFileSync(join(work, `${file}.cdx.json`), sbom);
        keep(file);
        keep(`${file}.cdx.json`);
      }
      if (!folders.includes(product)) return rmSync(parent, { recursive: true });
      rmSync(join(out, name), { recursive: true, force: true });
      renameSync(parent, join(out, name));
    };

    let downloads: string | null = null;
    for (const product of products) {
      await allOf(targets.map((target) => make(product, target, downloads)));
      if (product === 'agent' && forms.agent.includes('archive'))
        downloads = await gatherDownloads(join(work, 'downloads'), made, version, key);
    }
    if (products.some((each) => forms[each].includes('image'))) {
      cpSync(join(root, 'packaging/oci', COMPOSE_FILE), join(work, COMPOSE_FILE));
      keep(COMPOSE_FILE);
    }
    for (const file of await writeChecksums(work, made, version, key)) keep(file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Waits for all to end, also where one fails: none works on in a folder that is being removed. */
async function allOf(running: readonly unknown[]): Promise<void> {
  const failed = (await Promise.allSettled(running)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** The agents' archives as a server hands them out, with checksums of their own. */
async function gatherDownloads(
  folder: string,
  made: readonly string[],
  version: string,
  key: MinisignSecretKey | null,
): Promise<string> {
  mkdirSync(folder);
  const archives = made.filter((file) => /\.(?:tar\.xz|zip)$/.test(file));
  for (const file of archives) cpSync(file, join(folder, basename(file)));
  await writeChecksums(folder, archives, version, key);
  return folder;
}

/** The console of these sources, built where it isn't. */
async function takeConsole(root: string, to: string): Promise<void> {
  const built = join(root, 'packages/console/dist');
  if (isStale(built)) await buildConsole(built);
  cpSync(built, to, { recursive: true });
}

const megabytes = (file: string) => (statSync(file).size / 1_000_000).toFixed(1);

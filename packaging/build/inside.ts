import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of the registry that is inside of what we hand out, whole or in part. */
export interface Inside {
  readonly name: string;
  readonly version: string;
  /** As its makers say it, by SPDX; null where they say nothing that can be read. */
  readonly licence: string | null;
  /** The texts that it asks to be passed on: its licence, and notices. */
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** The registry's checksum of what was installed, such as `sha512-…`, from the lock file. */
  readonly integrity: string | null;
}

type Lock = Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
}

const TEXTS = /^(?:licen[cs]e|copying|notice|copyright)/i;

/** Tells what these folders of packages are, each name and version once, in the order of their names. */
export function tellInside(root: string, folders: readonly string[]): Inside[] {
  const lock = (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages;
  const found = new Map<string, Inside>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const entry = Object.entries(lock).find(
      ([path, each]) => path.endsWith(`node_modules/${name}`) && each.version === version,
    );
    found.set(`${name}@${version}`, {
      name,
      version,
      licence: (typeof license === 'string' ? license : license?.type) ?? null,
      texts: readdirSync(folder)
        .filter((file) => TEXTS.test(file))
        .sort()
        .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n') })),
      integrity: entry?.[1].integrity ?? null,
    });
  }
  return [...found.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

const keyOf = ({ name, version }: Inside) => `${name}@${version}`;

/** One text of all licences of what is inside, for whoever gets it. */
export function licencesText(inside: readonly Inside[]): string {
  const parts = inside.map(({ name, version, licence, texts }) =>
    [`${name} ${version} (${licence ?? 'no licence told'})`, ...texts.map(({ text }) => text.trim())].join('\n\n'),
  );
  return `What is inside of Keyrack's packages besides Keyrack, and under which licences.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ToolFailure } from './run-tool.ts';

/** A package of the registry that is inside of what we hand out, whole or in part. */
export interface Inside {
  readonly name: string;
  readonly version: string;
  /** As its makers say it, by SPDX; null where they say nothing that can be read. */
  readonly licence: string | null;
  /** The texts that it asks to be passed on: its licence, and notices. */
  readonly texts: readonly string[];
  /** The registry's checksum of what was installed, such as `sha512-…`, from the lock file. */
  readonly integrity: string | null;
  /** The name that lists of vulnerabilities have for it, where they don't go by the registry's: a CPE 2.3. */
  readonly cpe: string | null;
}

type Lock = Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type?: string };
  readonly author?: string | { readonly name?: string };
}

const TEXTS = /^(?:licen[cs]e|copying|notice|copyright)/i;

/** Tells what these folders of packages are, each name and version once, in the order of their names. */
export function tellInside(root: string, folders: readonly string[]): Inside[] {
  const lock = (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages;
  const found = new Map<string, Inside>();
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const { name, version, license } = manifest;
    const licence = (typeof license === 'string' ? license : license?.type) ?? null;
    const texts = readdirSync(folder)
      .filter((file) => TEXTS.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n'));
    const entry = Object.entries(lock).find(
      ([path, each]) => path.endsWith(`node_modules/${name}`) && each.version === version,
    );
    found.set(`${name}@${version}`, {
      name,
      version,
      licence,
      texts: texts.length > 0 ? texts : [NODE.test(name) ? textOfNode() : standardText(root, licence, manifest)],
      integrity: entry?.[1].integrity ?? null,
      cpe: NODE.test(name) ? `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*` : null,
    });
  }
  return [...found.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** The packages that hold Node itself. */
const NODE = /^node-(?:linux|win)-/;

/** Node's own licence and those of its parts, from the Node that runs this: its package for Windows brings none. */
const textOfNode = () => readFileSync(join(dirname(process.execPath), '../LICENSE'), 'utf8');

/** The text of a licence for a package that names it and brings no text of its own, as some do. */
function standardText(root: string, licence: string | null, { name, author }: Manifest): string {
  const file = join(root, 'packaging/licences', `${licence}.txt`);
  if (licence === null || !existsSync(file))
    throw new ToolFailure(
      `${name} brings no text of its licence. Put that of "${licence}" into packaging/licences, or use another package.`,
    );
  const whose = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
  return `Copyright (c) ${whose}\n\n${readFileSync(file, 'utf8')}`;
}

const keyOf = ({ name, version }: Inside) => `${name}@${version}`;

/** One text of all licences of what is inside, for whoever gets it. */
export function licencesText(inside: readonly Inside[]): string {
  const parts = inside.map(({ name, version, licence, texts }) =>
    [`${name} ${version} (${licence ?? 'no licence told'})`, ...texts.map((text) => text.trim())].join('\n\n'),
  );
  return `What is inside of Keyrack's packages besides Keyrack, and under which licences.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

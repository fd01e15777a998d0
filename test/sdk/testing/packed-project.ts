import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './runtimes.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** An empty project outside of the repository that has installed the packed SDK, as its users do. */
export interface PackedProject {
  readonly folder: string;
  /** Names of the files that were packed. */
  readonly files: readonly string[];
  remove(): void;
}

export async function packedProject(): Promise<PackedProject> {
  const { build }: { build(out: string): string } = await import(
    new URL('packages/sdk/build.mjs', `file://${root}`).href
  );
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-packed-'));
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const pack = async (source: string) => {
    const printed = await npm(root, 'pack', source, '--json', '--pack-destination', tarballs);
    const [packed] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }];
    return { tarball: join(tarballs, packed.filename), files: packed.files.map(({ path }) => path) };
  };
  const sdk = await pack(build(join(folder, 'built')));
  // From the packages that are here, so that no registry is needed.
  const needed = await pack(join(root, 'node_modules/@noble/hashes'));
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  await npm(project, 'install', '--offline', sdk.tarball, needed.tarball);
  return { folder: project, files: sdk.files, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

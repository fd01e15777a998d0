import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe } from 'vitest';

/**
 * The commit of the version before, which this one must work with. docs/decisions/0040-versions.md says when it is moved.
 * Until there is a release it is the last commit before agents update themselves: it speaks protocol 4.
 */
export const COMMIT_BEFORE = '8a748f60fd9e013fbe53c4ea966ac398674e7fef';
/** What it calls itself here: the number had never been raised by then. */
export const VERSION_BEFORE = '0.0.9';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A program, with the arguments that stand before all others. */
export type Program = readonly [file: string, ...args: string[]];

/** Tests that run the version before. Skipped where the history lacks it. */
export function describeWithVersionBefore(what: string, tests: () => void): void {
  if (hasCommit()) describe(what, tests);
  else
    describe.skip(
      `${what} (needs commit ${COMMIT_BEFORE.slice(0, 7)}, which a shallow or exported checkout lacks)`,
      tests,
    );
}

function hasCommit(): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${COMMIT_BEFORE}^{commit}`], { cwd: ROOT, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Bundles that commit's server, agent and command line as its own `npm run package` does. What they use of the registry is
 * taken from this checkout, which spares the tests another installation.
 */
export function buildVersionBefore(): { readonly program: Program; remove(): void } {
  // Where Node finds the packages with parts in machine code.
  const parent = join(ROOT, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const built = mkdtempSync(join(parent, 'keyrack-before-'));
  const sources = mkdtempSync(join(tmpdir(), 'keyrack-before-'));
  const remove = () => rmSync(built, { recursive: true, force: true });
  try {
    takeSources(sources);
    const lib = join(built, 'lib');
    const bundle = pathToFileURL(join(sources, 'packaging/build/bundle.ts')).href;
    const script = `const { bundle } = await import(${JSON.stringify(bundle)}); await bundle(${JSON.stringify(sources)}, 'server', ${JSON.stringify(lib)});`;
    const args = ['--input-type=module', '--eval', script];
    execFileSync(process.execPath, args, { cwd: sources, stdio: ['ignore', 'ignore', 'inherit'] });
    return { program: [process.execPath, join(lib, 'main.js')], remove };
  } catch (error) {
    remove();
    throw error;
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

function takeSources(to: string): void {
  const archive = execFileSync(
    'git',
    ['archive', '--format=tar', COMMIT_BEFORE, 'packages', 'packaging', 'test', 'package.json'],
    {
      cwd: ROOT,
      maxBuffer: 1024 ** 3,
    },
  );
  execFileSync('tar', ['--extract', '--directory', to], { input: archive });
  const version = join(to, 'packages/protocol/src/version.ts');
  const text = readFileSync(version, 'utf8');
  writeFileSync(version, text.replace(/VERSION = '[^']+'/, `VERSION = '${VERSION_BEFORE}'`));
  linkPackages('node_modules', to);
  for (const name of readdirSync(join(to, 'packages'))) linkPackages(join('packages', name, 'node_modules'), to);
}

/** This checkout's packages of the registry; those of the repository are the commit's own. */
function linkPackages(folder: string, to: string): void {
  if (!existsSync(join(ROOT, folder))) return;
  mkdirSync(join(to, folder), { recursive: true });
  for (const name of readdirSync(join(ROOT, folder))) {
    if (name.startsWith('.')) continue;
    if (name === '@keyrack')
      cpSync(join(ROOT, folder, name), join(to, folder, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(ROOT, folder, name), join(to, folder, name));
  }
}

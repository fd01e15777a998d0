import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runSeeds } from '../run-seeds.ts';

/**
 * Mutants are planted faults of the protocol, each a patch of the sources, and the simulation must catch them all. They
 * are applied to a copy of the sources, so that production code has no switch for them.
 */

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(dirname(HERE)));
export const MOST_SEEDS = 10_000;

/**
 * Of each mutant the first seed, counted from 1, that catches it (so many seeds it takes to find it), and the rule that
 * it breaks.
 */
export type CaughtBy = Readonly<Record<string, { readonly seed: number; readonly rule: string }>>;
const CAUGHT_BY_FILE = join(HERE, 'caught-by.json');

export function readCaughtBy(): CaughtBy {
  return JSON.parse(readFileSync(CAUGHT_BY_FILE, 'utf8')) as CaughtBy;
}

/** Sorted by name, and without the mutants that are gone. */
export function writeCaughtBy(caughtBy: CaughtBy): void {
  const kept = mutantNames().flatMap((name) => {
    const by = caughtBy[name];
    return by === undefined ? [] : [[name, by] as const];
  });
  writeFileSync(CAUGHT_BY_FILE, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

/** Names of the patches, in order. */
export function mutantNames(): string[] {
  return readdirSync(HERE)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => basename(file, '.patch'))
    .sort();
}

export interface Catch {
  readonly seed: number;
  readonly rule: string;
  readonly text: string;
}

export interface MutantRun {
  /** The seed that is known to catch it, which is tried first. */
  readonly known: number | null;
  /** How many seeds are tried after that, from 1 on. */
  readonly seeds: number;
  readonly onSeeds?: (done: number) => void;
}

/**
 * Runs a mutant until a seed catches it. Null when it survives. Throws when its patch doesn't apply or its program
 * doesn't run.
 */
export async function runMutant(name: string, { known, seeds, onSeeds }: MutantRun): Promise<Catch | null> {
  const folder = plantMutant(name);
  try {
    const worker = pathToFileURL(join(folder, 'test', 'simulation', 'seed-worker.ts'));
    const attempts = [...(known === null ? [] : [{ from: known, seeds: 1 }]), { from: 1, seeds }];
    for (const attempt of attempts) {
      if (attempt.seeds === 0) continue;
      const { violations } = await runSeeds({
        ...attempt,
        stop: true,
        worker,
        onBlock: (done) => onSeeds?.(done.seeds),
      });
      const [first] = violations;
      if (first !== undefined) return { seed: first.seed, rule: first.violation.rule, text: first.violation.text };
    }
    return null;
  } finally {
    takeOut(folder, name);
  }
}

/** Copies of the sources without a fault in them, for the next mutants: what Node has compiled of them counts for those, too. */
const copies: string[] = [];

export function removeCopies(): void {
  for (const folder of copies.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A copy of the sources with the fault in it. */
function plantMutant(name: string): string {
  const folder = copies.pop() ?? copySources();
  try {
    applyPatch(folder, name);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

function takeOut(folder: string, name: string): void {
  applyPatch(folder, name, '--reverse');
  copies.push(folder);
}

/** The sources in a folder of their own, with this repository's packages but their own workspaces. */
function copySources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-mutant-'));
  const workspaces = ['protocol', 'server', 'agent'];
  for (const name of workspaces) {
    const from = join(ROOT, 'packages', name);
    const to = join(folder, 'packages', name);
    mkdirSync(to, { recursive: true });
    cpSync(join(from, 'package.json'), join(to, 'package.json'));
    cpSync(join(from, 'src'), join(to, 'src'), { recursive: true, filter: isProgram });
  }
  cpSync(join(ROOT, 'test', 'simulation'), join(folder, 'test', 'simulation'), { recursive: true, filter: isProgram });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@keyrack'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@keyrack' && !name.startsWith('.'))
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
  }
  for (const name of workspaces)
    symlinkSync(join(folder, 'packages', name), join(modules, '@keyrack', name), 'junction');
  return folder;
}

function isProgram(path: string): boolean {
  return !path.endsWith('.test.ts') && !path.endsWith('.patch');
}

/** All or nothing, and exactly: a patch that no longer fits has to be written anew. */
function applyPatch(folder: string, name: string, ...how: string[]): void {
  const patch = join(HERE, `${name}.patch`);
  // The folder is no repository, and must not be taken for a part of one.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder), GIT_DIR: join(folder, 'no-repository') };
  try {
    execFileSync('git', ['apply', '--whitespace=nowarn', ...how, patch], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    const cause = String(stderr ?? error).trim();
    throw new Error(`${name}.patch does not apply any more; write it anew for the code as it is now: ${cause}`);
  }
}

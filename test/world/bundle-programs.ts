import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../packaging/build/bundle.ts';
import { PRODUCTS } from '../../packaging/build/products.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the bundled programs. */
    programs: string;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Two kinds of tests ask for the same programs, each by a setup of its own. */
const shared = globalThis as { keyrackPrograms?: Promise<string> };

/** Bundles the programs that tests kill and start again, as a package has them. From their sources each start took three times as long. */
export async function setup({ provide }: TestProject) {
  const isFirst = shared.keyrackPrograms === undefined;
  shared.keyrackPrograms ??= bundlePrograms();
  const folder = await shared.keyrackPrograms;
  provide('programs', folder);
  return () => {
    if (isFirst) rmSync(folder, { recursive: true, force: true });
  };
}

async function bundlePrograms(): Promise<string> {
  // Where Node finds their packages with parts in machine code.
  const parent = join(ROOT, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'keyrack-programs-'));
  const mains = { 'server-main': 'test/world/server-main.ts', 'agent-main': 'test/world/agent-main.ts' };
  await bundle(ROOT, { mains, native: PRODUCTS.server.native }, folder);
  return folder;
}

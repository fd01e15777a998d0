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

/** Bundles the programs that tests kill and start again, as a package has them. From their sources each start took three times as long. */
export async function setup({ provide }: TestProject) {
  // Where Node finds their packages with parts in machine code.
  const parent = join(ROOT, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'keyrack-programs-'));
  const mains = { 'server-main': 'test/world/server-main.ts', 'agent-main': 'test/world/agent-main.ts' };
  await bundle(ROOT, { mains, native: PRODUCTS.server.native }, folder);
  provide('programs', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const PROGRAM = fileURLToPath(new URL('build-for-tests.ts', import.meta.url));

/** Builds once for all files of test/packages what ./packages.ts tells of, signed with TEST_KEY. Only where one of them runs. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-packages-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(process.execPath, [PROGRAM, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    remove();
    throw error;
  }
  project.provide('packages', folder);
  return remove;
}

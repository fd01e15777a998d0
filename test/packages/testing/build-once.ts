import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const PROGRAM = fileURLToPath(new URL('build-for-tests.ts', import.meta.url));

/** A file beside what is built. It says how that went, once it is over: the code of its program. */
export const ENDED = 'ended';

/**
 * Builds once for all files of test/packages what ./packages.ts tells of, signed with TEST_KEY. Only where one of them runs. Other tests
 * run meanwhile: ./wait-until-built.ts lets these wait for it.
 */
export function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-packages-'));
  const build = spawn(process.execPath, [PROGRAM, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(build, 'exit').then(([code, signal]) =>
    writeFileSync(join(folder, ENDED), String(signal ?? code)),
  );
  project.provide('packages', folder);
  return async () => {
    build.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

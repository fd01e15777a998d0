import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

/** What is built for tests: this version and the next for this machine, this version's image, or its packages and image for arm64. */
export type BuildPart = 'now' | 'next' | 'image' | 'arm64';

/** From the root of the repository. */
export const BUILD_PROGRAM = 'test/packages/testing/build-for-tests.ts';
const PROGRAM = fileURLToPath(new URL(`../../../${BUILD_PROGRAM}`, import.meta.url));

/** Builds into the folder of that name in `folder`. */
export function buildInto(folder: string, ...parts: readonly BuildPart[]): void {
  execFileSync(process.execPath, [PROGRAM, folder, ...parts], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What several files of test/packages take. */
const ALWAYS: readonly BuildPart[] = ['now', 'next'];

/** A file beside what is built. It says how that went, once it is over: the code of its program. */
export const ENDED = 'ended';

/**
 * Builds once for all files of test/packages what ./packages.ts tells of, signed with TEST_KEY. Only where one of them runs. Other tests
 * run meanwhile: ./wait-until-built.ts lets these wait for it.
 */
export function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-packages-'));
  const build = spawn(process.execPath, [PROGRAM, folder, ...ALWAYS], { stdio: ['ignore', 'ignore', 'inherit'] });
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

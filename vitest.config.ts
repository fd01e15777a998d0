import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take the longest. Begun last, one of them alone would make the whole run wait. */
const LONGEST = [
  'test/end-to-end/kill-points',
  'test/simulation/simulation',
  'test/faults/faults',
  'test/fuzz/fuzz',
  'test/end-to-end/sandbox',
  'test/end-to-end/cut-points',
  'test/documents/desk-commands',
  'test/sdk/packed',
  'test/fuzz/document/document',
  'packages/server/src/rest/idempotency',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId, project }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.includes(name));
      if (place !== -1) return place;
      // A process is kept for the next file only where that is of the same kind, so they come one after the other.
      return project.config.isolate ? LONGEST.length : LONGEST.length + 1;
    };
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

/** Of those that aren't beside the sources, what starts little or nothing. */
const IN_ONE_PROCESS = ['test/documents/**/*.test.ts', 'test/conformance/**/*.test.ts', 'bench/**/*.test.ts'];

/** What runs for so long hangs. Milliseconds. */
const LIMIT_MS = 300_000;

export default defineConfig({
  test: {
    // A module is loaded once for all files beside the sources, and of documents: to start and load for each was half of what they took. They leave
    // nothing behind in their process. What starts real processes, browsers and databases has a process of its own each.
    projects: [
      { extends: true, test: { name: 'packages', include: ['packages/*/src/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'documents',
          include: IN_ONE_PROCESS,
          isolate: false,
          globalSetup: 'test/world/postgres-cluster.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'test',
          include: ['test/**/*.test.ts'],
          exclude: [...IN_ONE_PROCESS, 'test/packages/**'],
          globalSetup: ['test/world/bundle-programs.ts', 'test/world/postgres-cluster.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'built packages',
          include: ['test/packages/**/*.test.ts'],
          globalSetup: [
            'test/world/bundle-programs.ts',
            'test/world/postgres-cluster.ts',
            'test/packages/testing/build-once.ts',
          ],
          setupFiles: 'test/packages/testing/wait-until-built.ts',
        },
      },
    ],
    // Tests wait half of their time, so that a small CI machine has room for one more of them than it has cores. A fourth makes no run shorter there.
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Limits are against hanging alone. A small machine may be ten times as slow as a developer's, and no test is a measure of
    // speed: those are in bench/. So no test sets a shorter one (test/tooling/time-limits.test.ts).
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    teardownTimeout: LIMIT_MS,
    expect: { poll: { timeout: 50_000 } },
  },
});

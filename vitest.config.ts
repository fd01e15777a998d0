import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take minutes. Begun last, one of them alone would make the whole run wait. */
const LONGEST = [
  'test/end-to-end/kill-points',
  'test/faults/faults',
  'test/fuzz/fuzz',
  'test/sdk/packed',
  'test/simulation/simulation',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.includes(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** What runs for so long hangs. Milliseconds. */
const LIMIT_MS = 300_000;

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    // Tests start real processes and databases: a fork each. They wait half of their time, so that a small CI machine has
    // room for one more of them than it has cores.
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

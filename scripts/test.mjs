// `npm test`: installs what is missing, of the system too, then type check, lint, dependency rules and all tests.
// In CI it runs what `npm run test:windows` does, too.
// `npm test -- FILTER` hands its arguments to vitest and leaves out the static checks and the system.
// The last line printed is "N passed, N failed", with ", N skipped" where tests were skipped.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { NotReady } from './node-runtime.mjs';
import { runChild } from './run-child.mjs';
import { installSystemParts } from './system-parts.mjs';
import { failuresIn } from './test-failures.mjs';
import { testWindows } from './test-windows.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');

const STATIC_CHECKS = [
  { name: 'types', args: [join(modules, 'typescript/bin/tsc'), '--noEmit'] },
  {
    name: 'types in the browser',
    args: [join(modules, 'typescript/bin/tsc'), '--noEmit', '-p', 'packages/agent/src/page/browser'],
  },
  { name: 'types of the console', args: [join(modules, 'typescript/bin/tsc'), '--noEmit', '-p', 'packages/console'] },
  { name: 'lint and format', args: [join(modules, '@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'] },
  {
    name: 'dependency rules',
    args: [join(modules, 'dependency-cruiser/bin/dependency-cruiser.mjs'), '.'],
  },
];

const total = { passed: 0, failed: 0, skipped: 0 };
const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
/** What failed, to be told again at the end: the report of thousands of tests is long. */
const failures = [];
/** Minutes that each part took. Files of tests run beside each other, so their sum is more than the run's own time. */
const minutes = new Map();

try {
  const node = await install(root);
  // Each test file is a process of its own, and starts more: what one of them compiled is there for the next.
  const NODE_COMPILE_CACHE = join(modules, '.cache', 'keyrack-compiled');
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE,
    PATH: [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter),
  };
  const filters = process.argv.slice(2);
  if (filters.length === 0) {
    await timed('static checks', () => runStaticChecks(node, env));
    await timed('system parts', installSystemParts);
  }
  const parts = [runVitest(node, env, filters)];
  // For everybody else it is `npm run test:windows`, since it takes minutes. It has processes and ports of its own, and the
  // other tests wait half of their time: so it runs beside them.
  if (filters.length === 0 && inCi) parts.push(timed('Windows, under Wine', () => testWindows(root)).then(addWindows));
  for (const part of await Promise.allSettled(parts)) if (part.status === 'rejected') noteFailure(part.reason);
} catch (error) {
  noteFailure(error);
}

for (const failure of failures) process.stdout.write(`\n✗ ${failure}\n`);
if (minutes.size > 0) {
  process.stdout.write('\nMinutes by part, those of files that run beside each other added up:\n');
  for (const [part, spent] of [...minutes].sort(([, a], [, b]) => b - a)) {
    process.stdout.write(`${spent.toFixed(1).padStart(6)}  ${part}\n`);
  }
}
if (inCi && total.skipped > 0) {
  process.stdout.write('Skipped tests fail a run in CI: run them or remove them.\n');
  process.exitCode = 1;
}
if (total.failed > 0) process.exitCode = 1;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);

function noteFailure(error) {
  total.failed += 1;
  failures.push(error instanceof NotReady ? error.message : error.stack);
}

async function timed(part, work) {
  const began = performance.now();
  const result = await work();
  spend(part, performance.now() - began);
  return result;
}

function spend(part, ms) {
  minutes.set(part, (minutes.get(part) ?? 0) + ms / 60_000);
}

function addWindows({ passed, failed, skipped, failures: told }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  failures.push(...told.map((failure) => `on Windows: ${failure}`));
}

/** Each check counts as one test. */
async function runStaticChecks(node, env) {
  const running = STATIC_CHECKS.map(({ args }) => runChild(node, args, { cwd: root, env, capture: true }));
  for (const [index, { name }] of STATIC_CHECKS.entries()) {
    const { code, output } = await running[index];
    process.stdout.write(code === 0 ? `✓ ${name}\n` : `✗ ${name}\n${output}\n`);
    total[code === 0 ? 'passed' : 'failed'] += 1;
    if (code !== 0) failures.push(`${name}\n${output.slice(-2_000)}`);
  }
}

async function runVitest(node, env, filters) {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const args = [join(modules, 'vitest/vitest.mjs'), 'run', ...reporters, ...filters];
    const { code } = await runChild(node, args, { cwd: root, env });
    if (!existsSync(report)) throw new NotReady(`vitest ended with code ${code} and left no totals.`);
    countTests(JSON.parse(readFileSync(report, 'utf8')), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report, code) {
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  for (const { name, startTime, endTime } of report.testResults) {
    const file = relative(root, name);
    const [top, folder] = file.split(sep);
    spend(`${top}/${folder}`, endTime - startTime);
  }
  failures.push(...failuresIn(report, root));
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + broken.length;
  total.skipped += report.numPendingTests + report.numTodoTests;
  if (code === 0 || total.failed > 0) return;
  failures.push(`vitest ended with code ${code} although no test failed: see its errors above.`);
  total.failed += 1;
}

// `npm run test:windows`: the tests of protocol, agent and cli on Node for Windows, under Wine, and the driver for card
// readers on Wine's winscard with a real pcscd and virtual readers. Needs root on Debian, x64. Two minutes once what it
// needs lies in the cache; the first run builds that. `npm run test:windows -- FILTER` runs only the tests whose path
// contains this. The last line printed is "N passed, N failed".
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { NotReady } from './node-runtime.mjs';
import { runChild } from './run-child.mjs';
import { failuresIn } from './test-failures.mjs';
import { windowsModules, windowsRoot } from './windows/cache.mjs';
import { refusalOfMachine } from './windows/refuse-machine.mjs';

const NAME = 'the tests on Node for Windows, under Wine';
const INSIDE = fileURLToPath(new URL('windows/inside.mjs', import.meta.url));

const PACKAGES = ['packages/protocol', 'packages/agent', 'packages/cli'];

/** Files of tests some of which are for other systems, and why. A test of another file that is skipped is noticed. */
const OTHER_SYSTEMS = {
  'packages/cli/src/windows/found-entries.test.ts':
    'Wine makes no links, and takes those of Linux for what they lead to',
  'packages/agent/src/lock-folder.test.ts': 'Unix has its rights in the mode of a file',
  'packages/cli/src/open-folder.test.ts': 'Unix has its rights in the mode of a file',
  'packages/agent/src/update/unpack-archive.test.ts': "Linux' archives are unpacked on Linux",
  'packages/agent/src/encoder/pcsc/messages-by-system.test.ts': 'it is Linux that takes readers for itself',
  'packages/agent/src/identity/identity-file.test.ts': 'Unix has its rights in the mode of a file',
  'packages/agent/src/journal/folder-disk.test.ts': 'Unix has its rights in the mode of a file, Linux lists open files',
  'packages/agent/src/encoder/pcsc/why-no-reader.test.ts': 'it is Linux that takes readers for itself',
  'packages/agent/src/encoder/pcsc/why-no-service.test.ts': "it is pcscd's socket that is looked at",
  'packages/agent/src/encoder/pcsc/native/reader-process.test.ts': 'it looks at processes through /proc',
};

/** @returns totals and what failed; a run that can't be done here is one that is skipped */
export async function testWindows(root, filters = PACKAGES) {
  const why = refusalOfMachine();
  if (why !== null) {
    process.stdout.write(`↓ ${NAME}: skipped, since ${why}\n`);
    return { passed: 0, failed: 0, skipped: 1, failures: [] };
  }
  const system = await windowsRoot();
  const modules = await windowsModules(root);
  const out = mkdtempSync(join(tmpdir(), 'keyrack-windows-'));
  try {
    process.stdout.write(`Running ${NAME} …\n`);
    const began = performance.now();
    // Mounts, processes and ports of its own: all of it is gone when it ends, however it ends.
    const own = ['--mount', '--pid', '--net', '--ipc', '--fork', '--kill-child', '--mount-proc'];
    const { code } = await runChild('setpriv', [
      ...['--pdeathsig', 'KILL', 'unshare', ...own],
      ...[process.execPath, INSIDE, JSON.stringify({ root, system, modules, out, filters })],
    ]);
    const report = join(out, 'report.json');
    if (!existsSync(report)) {
      process.stdout.write(`${printed(out)}\n`);
      return { passed: 0, failed: 1, skipped: 0, failures: [`${NAME} ended with code ${code} and left no report.`] };
    }
    const total = countTests(JSON.parse(readFileSync(report, 'utf8')), code);
    if (total.failed > 0) process.stdout.write(`${printed(out)}\n`);
    const seconds = Math.round((performance.now() - began) / 1_000);
    process.stdout.write(
      `${total.failed === 0 ? '✓' : '✗'} ${NAME}: ${total.passed} passed, ${total.failed} failed, ${seconds} s\n`,
    );
    return total;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function countTests(report, code) {
  const total = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: 0,
    failures: failuresIn(report, ''),
  };
  for (const { name, status, assertionResults } of report.testResults) {
    if (status === 'failed' && assertionResults.length === 0) total.failed += 1;
    const file = name.replaceAll('\\', '/').replace(/^.*?\/(?=packages\/)/, '');
    const skipped = assertionResults.filter((test) => !['passed', 'failed'].includes(test.status));
    if (skipped.length === 0) continue;
    process.stdout.write(
      `↓ ${file}: ${skipped.length} not on Windows (${OTHER_SYSTEMS[file] ?? 'nobody knows why'})\n`,
    );
    if (!(file in OTHER_SYSTEMS)) total.skipped += skipped.length;
  }
  if (code !== 0 && total.failed === 0) {
    total.failures.push(`vitest under Wine ended with code ${code} although no test failed.`);
    total.failed += 1;
  }
  return total;
}

/** The last of what was printed inside. */
function printed(out) {
  const read = (name) => (existsSync(join(out, name)) ? readFileSync(join(out, name), 'utf8') : '');
  return [read('stdout'), read('stderr')].map((text) => text.split('\n').slice(-200).join('\n')).join('\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  let total = { passed: 0, failed: 1, skipped: 0, failures: [] };
  try {
    const filters = argv.slice(2);
    total = await testWindows(
      dirname(dirname(fileURLToPath(import.meta.url))),
      filters.length > 0 ? filters : undefined,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof NotReady ? error.message : error.stack}\n`);
  }
  for (const failure of total.failures) process.stdout.write(`\n✗ ${failure}\n`);
  const inCi = process.env.CI && process.env.CI !== 'false';
  if (total.failed > 0 || (inCi && total.skipped > 0)) process.exitCode = 1;
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HAS_CHROMIUM } from '../test/browser/testing/chromium.ts';
import { runToEnd } from '../test/faults/run-to-end.ts';

/** Without a browser that bench says how to get one. */
const CONSOLE = HAS_CHROMIUM ? ['console'] : [];
const PROGRAM = new URL('./run.ts', import.meta.url);

/** Processes that a process has started, by Linux alone. */
function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

const isThere = (pid: number) => existsSync(`/proc/${pid}`);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a bench, and presses Ctrl-C once it has started enough processes. */
async function breakOff(args: readonly string[], isEnough: (started: ReadonlySet<number>) => boolean) {
  const bench = spawn(process.execPath, [fileURLToPath(PROGRAM), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void bench.kill('SIGKILL'));
  let output = '';
  bench.stderr.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const ended = once(bench, 'close');
  const started = new Set<number>();
  while (!isEnough(started) && bench.exitCode === null) {
    for (const child of childrenOf(bench.pid ?? 0)) started.add(child);
    await wait(50);
  }
  bench.kill('SIGINT');
  const [code] = (await ended) as [number | null];
  return { started, code, output };
}

describe('npm run bench', () => {
  test('says what there is where a name is wrong, and exits with 2', async () => {
    const { code, output } = await runToEnd(PROGRAM, ['raod']);
    expect(output).toMatch(/^There is no "raod"\. There are road, lone, growth, agents,/);
    expect(code).toBe(2);
  });

  test('runs a program that prints for itself, and hands it its words', async () => {
    // No reader has such a name: there is nothing to measure.
    expect(await runToEnd(PROGRAM, ['card-readers', 'no such reader'])).toMatchObject({ code: 0, output: '' });
  });

  test.each(['road', 'lone', 'growth', 'agents', ...CONSOLE])(
    '%s says why a server does not start, leaves no folder of a run, and exits with 1',
    async (bench) => {
      const checkout = temporaryFolder();
      mkdirSync(join(checkout, 'packages/cli/src'), { recursive: true });
      mkdirSync(join(checkout, 'packages/server/src/store/sqlite/migrations'), { recursive: true });
      mkdirSync(join(checkout, 'packaging'));
      writeFileSync(join(checkout, 'packaging/keyrack-server.service'), '');
      writeFileSync(join(checkout, 'packages/cli/src/main.ts'), "console.error('the key is wrong');\nprocess.exit(3);");
      const folder = temporaryFolder();
      const args = [bench, '--quick', '--server', checkout, '--folder', folder];
      const { code, output } = await runToEnd(PROGRAM, args);
      expect(output).toContain(`The server of ${checkout} ended with 3. It said:\nthe key is wrong\n`);
      expect(output).not.toContain('    at ');
      expect(code).toBe(1);
      expect(readdirSync(folder).filter((name) => name.startsWith('run-'))).toEqual([]);
    },
    60_000,
  );

  test
    .runIf(process.platform === 'linux')
    .each([
      ['road', '--quick'],
      ['lone', '--quick'],
      ['growth', '--quick'],
      ['growth', '--prepare'],
      ['agents', '--quick'],
      ...CONSOLE.map((bench) => [bench, '--quick']),
    ])('%s %s says so where its folder can not be made, and exits with 1', async (...args) => {
    const { code, output } = await runToEnd(PROGRAM, [...args, '--folder', '/proc/keyrack-bench']);
    expect(output).toMatch(/^\/proc\/keyrack-bench: the system makes no folders there\. Name a path on a disk\.$/m);
    expect(output).not.toContain('    at ');
    expect(code).toBe(1);
  });

  // The load generator, the agents and the server itself; for `road` the bare server too.
  test.runIf(process.platform === 'linux').each([
    [['road', '--quick'], 4],
    [['lone', '--quick'], 3],
    [['agents', '--quick'], 2],
  ])(
    '%j leaves no process and no file behind after Ctrl-C',
    async (args, processes) => {
      const folder = temporaryFolder();
      const { started, code } = await breakOff([...args, '--folder', folder], (seen) => seen.size >= processes);
      expect(code).toBe(130);
      expect(readdirSync(folder)).toEqual([]);
      while ([...started].some(isThere)) await wait(50);
    },
    120_000,
  );

  test.runIf(process.platform === 'linux')(
    'growth --prepare ends at once with Ctrl-C, and goes on with the next',
    async () => {
      const args = ['growth', '--prepare', '--folder', temporaryFolder()];
      // The server that makes the tables, and what fills them.
      const { started, code } = await breakOff(args, (seen) => seen.size >= 2);
      expect(code).toBe(130);
      while ([...started].some(isThere)) await wait(50);
      const { output } = await breakOff(args, (seen) => seen.size >= 1);
      expect(output).toContain('growth: goes on with 100,000 cards');
    },
    120_000,
  );
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runToEnd } from '../test/faults/run-to-end.ts';

const PROGRAM = new URL('./run.ts', import.meta.url);

/** Processes that a process has started, by Linux alone. */
function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

const isThere = (pid: number) => existsSync(`/proc/${pid}`);

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

  test.runIf(process.platform === 'linux')(
    'leaves no process and no file behind after Ctrl-C',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'keyrack-bench-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const bench = spawn(process.execPath, [fileURLToPath(PROGRAM), 'road', '--quick', '--folder', folder]);
      onTestFinished(() => void bench.kill('SIGKILL'));
      const pid = bench.pid ?? 0;
      const ended = once(bench, 'exit');
      const started = new Set<number>();
      // The load generator, the bare server, the agents and the server itself.
      while (started.size < 4 && bench.exitCode === null) {
        for (const child of childrenOf(pid)) started.add(child);
        await wait(50);
      }
      bench.kill('SIGINT');
      expect((await ended)[0]).toBe(130);
      expect(readdirSync(folder)).toEqual([]);
      while ([...started].some(isThere)) await wait(50);
    },
    120_000,
  );
});

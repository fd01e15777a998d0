import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runToEnd } from '../faults/run-to-end.ts';

// As long as it takes to see that the program works: what an hour shows stands in docs/reliability.md.
test('a server and three agents under steady load fail at nothing, and are drawn', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keyrack-soak-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const plot = join(folder, 'soak.svg');
  const { code, output, lastLine } = await runToEnd(new URL('./run.ts', import.meta.url), [
    ...['--minutes', '0.1'],
    ...['--plot', plot],
  ]);
  expect(lastLine, output).toMatch(
    /^minutes 0\.1, operations [1-9]\d*, failed 0, memory growth -?\d+ %, descriptor growth -?\d+$/,
  );
  expect(code, output).toBe(0);
  expect(await readFile(plot, 'utf8')).toMatch(/^<svg [\s\S]*Memory of each process \(MB resident\)[\s\S]*<\/svg>\n$/);
});

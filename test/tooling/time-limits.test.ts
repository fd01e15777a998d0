import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMIT_MS = config.test?.testTimeout ?? 0;

/** A limit as an option of a test, of a group, of a poll or of a wait for a page; or as a test's last argument. */
const LIMITS = [/\btimeout: ([\d_]+)\b/g, /^\s*\}, ([\d_]{4,})\);$/gm];

/** A limit that a busy machine runs into fails a test of sound code: vitest.config.ts has the one for all. */
test('no test has a time limit that is shorter than that of all', () => {
  const files = execFileSync('git', ['ls-files', 'packages', 'test', 'bench'], { cwd: ROOT, encoding: 'utf8' });
  const tests = files.split('\n').filter((file) => /\.test\.ts$|\/testing\/.*\.ts$|^test\/.*\.ts$/.test(file));
  const short = tests.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const found = LIMITS.flatMap((limit) => [...text.matchAll(limit)]);
    return found
      .filter(([, ms]) => Number(ms?.replaceAll('_', '')) < LIMIT_MS)
      .map(([line]) => `${file}: ${line.trim()}`);
  });
  expect(tests.length).toBeGreaterThan(300);
  expect(short).toEqual([]);
});

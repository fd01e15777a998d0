import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** A file is one thing, read in a few screens. Most have 50 to 250 lines; none has more than this. */
const MOST_LINES = 400;

const root = fileURLToPath(new URL('../..', import.meta.url));

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  // Nobody reads what was made from a document.
  .filter((file) => !file.startsWith('packages/sdk/src/api-'))
  .filter((file) => /\.(?:[cm]?[jt]sx?|css|html|grit|sh)$/.test(file) && existsSync(join(root, file)));

function linesOf(file: string): number {
  return readFileSync(join(root, file), 'utf8').split('\n').length - 1;
}

test('no source file is longer than a reader can hold: split it, and name each part after a thing', () => {
  const lengths = sources.map((file) => ({ file, lines: linesOf(file) }));
  expect(lengths.length).toBeGreaterThan(900);
  expect(lengths.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
});

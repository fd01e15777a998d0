import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SERVER = 'packages/server/src';
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** Where a name of the page leads: it is the server's, unless it begins at the root. */
const pathOf = (name: string) => join(root, /^packag(?:es|ing)\//.test(name) ? name : `${SERVER}/${name}`);

/** Files and folders that a sentence or a table names in code. */
const named = [...text.matchAll(/`((?:[\w-]+\/)*[\w.-]+\.ts|(?:[\w-]+\/)+)`/g)].map(([, name = '']) => name);
/** The boxes of the drawing of a cancel: files of the server without their ending. */
const drawn = [...text.matchAll(/\w+\[((?:[\w-]+\/)+[\w-]+)\]/g)].map(([, name = '']) => `${name}.ts`);

test.each([...new Set([...named, ...drawn])])('%s is there', (name) => {
  const isThere =
    existsSync(pathOf(name)) ||
    ['accept', 'at-encoder', 'outcome', 'journal', 'property', 'people', 'guests', 'audit', 'repeats', 'database'].some(
      (step) => name === `${step}/` && existsSync(pathOf(`transactions/${name}`)),
    );
  expect(isThere).toBe(true);
});

test('a cancel is drawn from its request to its answer', () => {
  expect(drawn.length).toBeGreaterThan(15);
  for (const file of drawn) expect(named, `${file} of the drawing is explained in the table`).toContain(file);
});

test('every folder of the server is explained', () => {
  const folders = readdirSync(join(root, SERVER), { withFileTypes: true }).filter((each) => each.isDirectory());
  const missing = folders.filter(({ name }) => name !== 'testing' && !text.includes(`\`${name}/\``));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readDocument } from './testing/document.ts';

/** docs/threat-model.md: every promise of a wall names the tests that show it, and these are there. */

const page = readDocument('docs/threat-model.md');
const [, walls = ''] = /^## The walls$([\s\S]*?)^## /m.exec(page) ?? [];
const promises = walls
  .split('\n')
  .filter((line) => /^\|/.test(line) && !/^\|(?: promise |---)/.test(line))
  .map((line) => {
    const [, promise = '', shownBy = ''] = line.split('|').map((cell) => cell.trim());
    return { promise, tests: Array.from(shownBy.matchAll(/`([^`]+)`/g), ([, file = '']) => file) };
  });

test('has walls against everybody', () => {
  expect(promises.length).toBeGreaterThan(25);
});

test.each(promises)('a test shows: $promise', ({ tests }) => {
  expect(tests).not.toEqual([]);
  for (const file of tests) {
    expect(file).toMatch(/\.test\.ts$/);
    expect([file, existsSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)))]).toEqual([file, true]);
  }
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkSpace } from './check-space.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyrack-space-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'keyrack.db');
const CARDS = 1_000_000;

test('a disk that is too small is told before anything is made, with what to do', () => {
  expect(() => checkSpace(folder, [{ cards: CARDS, file }], 3e9)).toThrow(
    `growth needs 5.5 GB in ${folder}, and 3.0 GB are free. Free some, or put its databases elsewhere with --folder PATH.`,
  );
});

test('what is missing counts together, and what is there already does not', () => {
  const wanted = [
    { cards: CARDS, file },
    { cards: CARDS, file },
  ];
  expect(() => checkSpace(folder, wanted, 6e9)).toThrow('growth needs 11.0 GB');
  expect(() => checkSpace(folder, [], 0)).not.toThrow();
  writeFileSync(file, Buffer.alloc(1_000_000));
  expect(() => checkSpace(folder, [{ cards: 200, file }], 100_000)).not.toThrow();
});

test('the free space of a folder is read', () => {
  expect(() => checkSpace(folder, [{ cards: 1, file }])).not.toThrow();
  expect(() => checkSpace(folder, [{ cards: 1e12, file }])).toThrow('are free');
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { flushTime } from './flush-time.ts';

test('a flush takes some time, and leaves no file behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyrack-flush-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(flushTime(join(folder, 'flush'), 0.01)).toBeGreaterThan(0);
  expect(readdirSync(folder)).toEqual([]);
});

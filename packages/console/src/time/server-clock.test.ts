import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { offsetAfter } from './server-clock.ts';

const HOUR = 3_600_000;

test('one answer tells the clock to the second and the way', () => {
  expect(offsetAfter(null, { sentAt: 1_000, heardAt: 1_200, told: HOUR })).toEqual({
    least: HOUR - 1_200,
    most: HOUR,
  });
});

test('several answers tell it better than one', () => {
  const first = offsetAfter(null, { sentAt: 0, heardAt: 100, told: HOUR });
  const both = offsetAfter(first, { sentAt: 900, heardAt: 950, told: HOUR });
  expect(both).toEqual({ least: HOUR - 100, most: HOUR + 100 });
});

test('a clock that was set counts as it is now', () => {
  const first = offsetAfter(null, { sentAt: 0, heardAt: 100, told: HOUR });
  expect(offsetAfter(first, { sentAt: 200, heardAt: 300, told: 2 * HOUR }).least).toBe(2 * HOUR - 300);
});

test('pages tell what time it is by the server’s clock: a computer whose own is wrong makes no card that ends too early', () => {
  const sources = join(import.meta.dirname, '..');
  const byTheirOwn = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter(
      (file) => /(?<!\.test)\.tsx?$/.test(file) && /\bDate\.now\b/.test(readFileSync(join(sources, file), 'utf8')),
    );
  // Who tells how far apart they are, also to the stream's worker; who counts for how long an answer or a tab waits; and the door,
  // which speaks of the computer's clock.
  expect(byTheirOwn.sort()).toEqual([
    'api/first-requests.ts',
    'api/keyrack.ts',
    'live/connection.ts',
    'live/hub.ts',
    'sign-in/sign-in-failure.tsx',
    'time/server-clock.ts',
  ]);
});

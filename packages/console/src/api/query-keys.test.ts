import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TOPICS } from './queries.ts';

const sources = join(import.meta.dirname, '..');
const KEY = new RegExp(`\\[\\s*'(?:${TOPICS.join('|')})',\\s*([\\w.?]+),\\s*'([^']+)'`, 'g');

// What two places keep under one name they must have in one shape: else a page that is opened after another breaks.
test('a name under which the console keeps what it was told is written down once', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'),
  );
  const places = new Map<string, string[]>();
  for (const file of files)
    for (const [key, property] of readFileSync(join(sources, file), 'utf8').matchAll(KEY)) {
      const name = key.replace(property ?? '', '…').replaceAll(/\s+/g, ' ');
      places.set(name, [...(places.get(name) ?? []), file]);
    }
  expect(places.size).toBeGreaterThan(20);
  expect([...places].filter(([, found]) => new Set(found).size > 1)).toEqual([]);
});

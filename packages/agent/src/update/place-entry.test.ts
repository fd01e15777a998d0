import { expect, test } from 'vitest';
import { countUnpacked, placeEntry } from './place-entry.ts';
import { UPDATE_LIMITS } from './update-limits.ts';

const place = (path: string, kind: 'file' | 'folder' | 'other' = 'file') =>
  placeEntry({ path, kind, isProgram: false }, '0.2.0');

test('files of the version go into its folder, and what starts it is left', () => {
  expect(place('keyrack-agent/versions/0.2.0/lib/main.js')).toEqual({ to: 'lib/main.js', isProgram: false });
  expect(place('keyrack-agent/versions/0.2.0/node_modules/@koromix/koffi-linux-x64/koffi.node')).toMatchObject({
    to: 'node_modules/@koromix/koffi-linux-x64/koffi.node',
  });
  expect(['keyrack', 'keyrack.cmd', 'current'].map((name) => place(`keyrack-agent/${name}`))).toEqual(
    Array(3).fill('skipped'),
  );
  expect(place('keyrack-agent/versions/0.2.0/lib/', 'folder')).toBe('skipped');
});

test.each([
  '/etc/passwd',
  '../keyrack',
  'keyrack-agent/../../x',
  'keyrack-agent/versions/0.2.0/../../current',
  'keyrack-agent/versions/0.2.0/./main.js',
  'keyrack-agent/versions/0.2.0//main.js',
  'keyrack-agent/versions/0.2.0/lib\\..\\..\\..\\x',
  'C:/x',
  'keyrack-agent/versions/0.2.0/lib/main.js:stream',
  'keyrack-agent/versions/0.2.0/lib/NUL',
  'keyrack-agent/versions/0.2.0/lib/con.js',
  'keyrack-agent/versions/0.2.0/lib/main.js.',
  'keyrack-agent/versions/0.2.0/lib/main.js\0.png',
  'keyrack-agent/versions/0.1.0/lib/main.js',
  'keyrack-agent/versions/0.2.0',
  'other/versions/0.2.0/lib/main.js',
  `keyrack-agent/versions/0.2.0/${'x/'.repeat(UPDATE_LIMITS.pathLength)}x`,
  '',
])('an archive that names %j is refused', (path) => {
  expect(place(path)).toHaveProperty('refused');
});

test('links and devices are refused', () => {
  expect(place('keyrack-agent/versions/0.2.0/lib/main.js', 'other')).toHaveProperty('refused');
  expect(place('keyrack-agent/link', 'other')).toHaveProperty('refused');
});

test('what unpacks to too much, too many or twice the same is refused', () => {
  const count = countUnpacked();
  expect(count.entry('keyrack-agent/a')).toBeNull();
  expect(count.entry('keyrack-agent/A')).toContain('twice');
  for (let at = 2; at < UPDATE_LIMITS.entries; at += 1) expect(count.entry(`x${at}`)).toBeNull();
  expect(count.entry('one-more')).toContain('more than');
  expect(count.bytes(UPDATE_LIMITS.unpackedBytes)).toBeNull();
  expect(count.bytes(1)).toContain('more than');
});

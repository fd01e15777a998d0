import { readFileSync } from 'node:fs';
import { CONSOLE_PLACES } from '@keyrack/server/console/places.ts';
import { expect, test } from 'vitest';

test('the server hands out the console wherever its router has pages, and nowhere else', () => {
  const router = readFileSync(new URL('../../packages/console/src/app/router.tsx', import.meta.url), 'utf8');
  const paths = Array.from(router.matchAll(/^\s*path: '(\/[^/']*)/gm), ([, path]) => path as string);
  expect([...new Set(paths)].filter((path) => path !== '/').sort()).toEqual([...CONSOLE_PLACES]);
});

import { readFileSync } from 'node:fs';
import { CONSOLE_PLACES } from '@keyrack/server/console/places.ts';
import { type Right, ROLES, type Role, rightsOfRole } from '@keyrack/server/domain/rights.ts';
import { expect, test } from 'vitest';

test('the server hands out the console wherever its router has pages, and nowhere else', () => {
  const router = readFileSync(new URL('../../packages/console/src/app/router.tsx', import.meta.url), 'utf8');
  const paths = Array.from(router.matchAll(/^\s*path: '(\/[^/']*)/gm), ([, path]) => path as string);
  expect([...new Set(paths)].filter((path) => path !== '/').sort()).toEqual([...CONSOLE_PLACES]);
});

test('each role is led to what it may see, and nowhere else', async () => {
  // By its address: what it is typed by knows a browser, which these tests don't.
  const navigation = new URL('../../packages/console/src/shell/places.ts', import.meta.url).href;
  const { AT_THE_DESK, THE_HOUSE } = await import(navigation);
  const places: readonly { readonly name: string; readonly right: Right }[] = [...AT_THE_DESK, ...THE_HOUSE];
  const led = (role: Role) => places.filter(({ right }) => rightsOfRole(role).has(right)).map(({ name }) => name);
  const all = places.map(({ name }) => name);
  expect(Object.fromEntries((Object.keys(ROLES) as Role[]).map((role) => [role, led(role)]))).toEqual({
    owner: all,
    administrator: all,
    receptionist: ['desk', 'read', 'operations'],
    auditor: all.filter((name) => name !== 'read' && name !== 'property'),
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONSOLE_PAGES, visitor } from './testing/console-pages.ts';
import type { WindowOptions } from './testing/console-window.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';

const LOOKS: readonly (readonly [what: string, WindowOptions])[] = [
  ['light, in English, at a desk', { theme: 'light', language: 'english', size: 'desk' }],
  ['dark, in Chinese, on a phone', { theme: 'dark', language: 'chinese', size: 'phone' }],
  ['dark, in English, on a phone', { theme: 'dark', language: 'english', size: 'phone' }],
  ['light, in Chinese, at a desk', { theme: 'light', language: 'chinese', size: 'desk' }],
];

test('every route of the console is among the pages that are looked at', () => {
  const router = readFileSync(new URL('../../packages/console/src/app/router.tsx', import.meta.url), 'utf8');
  const routes = Array.from(router.matchAll(/^\s*path: '(\/[^']*)'/gm), ([, path]) => path as string);
  const looked = CONSOLE_PAGES.map(({ route }) => route);
  expect(routes.length).toBeGreaterThan(15);
  expect(routes.filter((route) => !looked.includes(route))).toEqual(['/']);
});

describeConsole('every page of the console', (open) => {
  test.each(LOOKS)(
    'has no barrier that axe finds, asks nobody else for anything, and breaks no rule of its policy: %s',
    async (_what, look) => {
      const house = await open();
      const visit = visitor(house, look);
      const found: string[] = [];
      for (const each of CONSOLE_PAGES) {
        const window = await visit(each);
        // What it is called, and in which language, is what somebody hears first.
        const language = await window.page.locator('html').getAttribute('lang');
        if (!language?.startsWith(look.language === 'chinese' ? 'zh' : 'en'))
          found.push(`${each.name}: in ${language}`);
        found.push(...(await findBarriers(window.page)).map((barrier) => `${each.name}: ${barrier}`));
        found.push(...window.problems.splice(0).map((problem) => `${each.name}: ${problem}`));
      }
      expect(found).toEqual([]);
    },
  );
});

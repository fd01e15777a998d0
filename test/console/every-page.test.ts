import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONSOLE_PAGES, visitor } from './testing/console-pages.ts';
import type { WindowOptions } from './testing/console-window.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { findCrooked } from './testing/find-crooked.ts';

const LOOKS: readonly (readonly [what: string, WindowOptions])[] = [
  ['in English, at a desk', { language: 'english', size: 'desk' }],
  ['in Chinese, on a phone', { language: 'chinese', size: 'phone' }],
];
const THEMES = ['light', 'dark'] as const;

test('every route of the console is among the pages that are looked at', () => {
  const router = readFileSync(new URL('../../packages/console/src/app/router.tsx', import.meta.url), 'utf8');
  const routes = Array.from(router.matchAll(/^\s*path: '(\/[^']*)'/gm), ([, path]) => path as string);
  const looked = CONSOLE_PAGES.map(({ route }) => route);
  expect(routes.length).toBeGreaterThan(15);
  expect(routes.filter((route) => !looked.includes(route))).toEqual(['/']);
});

describeConsole('every page of the console', (open) => {
  test.each(LOOKS)(
    'has no barrier that axe finds, light and dark, nothing crooked, asks nobody else for anything, and breaks no rule of its policy: %s',
    async (_what, look) => {
      const house = await open();
      const visit = visitor(house, look);
      const found: string[] = [];
      for (const each of CONSOLE_PAGES) {
        const { page, problems } = await visit(each);
        // What it is called, and in which language, is what somebody hears first.
        const language = await page.locator('html').getAttribute('lang');
        if (!language?.startsWith(look.language === 'chinese' ? 'zh' : 'en'))
          found.push(`${each.name}: in ${language}`);
        found.push(...(await findCrooked(page)).map((what) => `${each.name}: ${what}`));
        for (const theme of THEMES) {
          // It follows the system's choice while it is shown.
          await page.emulateMedia({ colorScheme: theme });
          await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor();
          found.push(...(await findBarriers(page)).map((barrier) => `${each.name}, ${theme}: ${barrier}`));
        }
        found.push(...problems.splice(0).map((problem) => `${each.name}: ${problem}`));
      }
      expect(found).toEqual([]);
    },
  );
});

import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { makeTemplate, type Template } from '../../world/template.ts';
import { HAS_CHROMIUM, openBrowser } from './chromium.ts';
import { type DeskPage, type DeskPageOptions, openDeskPage } from './desk-page.ts';

/** Opens a desk with its page for the running test, which closes it. */
export type OpenDeskPage = (options?: DeskPageOptions) => Promise<DeskPage>;

/** Tests that need a browser, one for all of them; skipped where there is none, with the reason in their name. */
export function describeInBrowser(what: string, tests: (open: OpenDeskPage) => void): void {
  let template: Template;
  let browser: Browser;
  let opened: DeskPage | undefined;
  const open: OpenDeskPage = async (options) => {
    opened = await openDeskPage(template, browser, options);
    return opened;
  };
  if (!HAS_CHROMIUM) {
    describe.skip(`${what} (needs chromium: apt-get install chromium)`, () => tests(open));
    return;
  }
  describe(what, () => {
    beforeAll(async () => {
      [template, browser] = await Promise.all([makeTemplate(), openBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      template.remove();
    });
    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });
    tests(open);
  });
}

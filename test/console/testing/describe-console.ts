import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { HAS_CHROMIUM, openBrowser } from '../../browser/testing/chromium.ts';
import { makeTemplate, type Template } from '../../world/template.ts';
import { builtConsole } from './built-console.ts';
import { type ConsoleHouse, type ConsoleOptions, openConsole } from './open-console.ts';

/** Opens a house of the running test's own, which is closed with it. */
export type OpenHouse = (options?: ConsoleOptions) => Promise<ConsoleHouse>;

/** What a browser is needed for. Where there is none it is skipped, and its name says what to install. */
export function describeWithChromium(what: string, tests: () => void): void {
  if (HAS_CHROMIUM) describe(what, tests);
  else describe.skip(`${what} (needs chromium: apt-get install chromium)`, tests);
}

/**
 * Journeys through the console in a real browser, at a real server with a simulated encoder; skipped where there is no browser. A
 * test fails, too, by an exception in the page, by what its policy refused, and by a request to anywhere else.
 */
export function describeConsole(what: string, tests: (open: OpenHouse) => void): void {
  let template: Template;
  let browser: Browser;
  const opened: ConsoleHouse[] = [];
  const open: OpenHouse = async (options) => {
    const house = await openConsole(template, browser, options);
    opened.push(house);
    return house;
  };
  describeWithChromium(what, () => {
    beforeAll(async () => {
      await builtConsole();
      [template, browser] = await Promise.all([makeTemplate(), openBrowser()]);
    });
    afterAll(async () => {
      await browser?.close();
      template?.remove();
    });
    afterEach(async () => {
      for (const house of opened.splice(0)) await house.close();
    });
    tests(open);
  });
}

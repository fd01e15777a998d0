import { describe } from 'vitest';
import { HAS_CHROMIUM } from './chromium.ts';

/** Tests that need a browser; skipped where there is none, with the reason in their name. */
export function describeInBrowser(what: string, tests: () => void): void {
  if (HAS_CHROMIUM) describe(what, tests);
  else describe.skip(`${what} (needs chromium: apt-get install chromium)`, tests);
}

import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian's packages put it. `npm test` installs the first, which has no windows and takes less processor time. */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const CHROMIUM = PROGRAMS.find((program) => existsSync(program)) ?? '';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What the issue of this page asks for, and a telephone. */
export const SIZES = { desk: { width: 1024, height: 768 }, narrow: { width: 390, height: 800 } } as const;

export const HAS_CHROMIUM = CHROMIUM !== '';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

export interface WindowOptions {
  readonly locale?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A window of a person of its own, with what went wrong in it. */
export async function openWindow(browser: Browser, url: string, options: WindowOptions = {}) {
  const { locale = 'en-GB', size = SIZES.desk } = options;
  const context = await browser.newContext({ viewport: size, locale, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}

/** Resolves when the page shows that text to the eye. */
export async function shows(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('.top, #trouble, main').getByText(text).first().waitFor();
}

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { LOST_FOCUS, WATCH_FOCUS } from './lost-focus.ts';

/** A desk's screen, and a telephone. */
export const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const MOST_MS = 120_000;
export const LOCALES = { english: 'en-GB', chinese: 'zh-CN' } as const;

export interface WindowOptions {
  readonly language?: keyof typeof LOCALES;
  readonly size?: keyof typeof SIZES;
  readonly theme?: 'light' | 'dark';
  /** The zone of the browser. The console shows the property's all the same. */
  readonly timeZone?: string;
}

/** A browser's window of one person: what is kept in it is kept from others. */
export interface ConsoleWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in it: exceptions, what the policy of the page refused, a focus that was lost, and requests to anywhere else. The test fails by them. */
  readonly problems: string[];
  close(): Promise<void>;
}

export async function openConsoleWindow(
  browser: Browser,
  origin: string,
  { language = 'english', size = 'desk', theme = 'light', timeZone = 'Europe/Berlin' }: WindowOptions = {},
): Promise<ConsoleWindow> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: SIZES[size],
    locale: LOCALES[language],
    timezoneId: timeZone,
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch: size === 'phone',
  });
  // A busy machine is slow; what hangs is ended by the limit of all tests.
  context.setDefaultTimeout(MOST_MS);
  const problems: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin)
      problems.push(`a request to ${url.origin}${url.pathname}`);
  });
  context.on('weberror', (error) => problems.push(String(error.error().stack ?? error.error())));
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy') || message.text().startsWith(LOST_FOCUS))
      problems.push(message.text());
  });
  await context.addInitScript(WATCH_FOCUS);
  return { page: await context.newPage(), context, problems, close: () => context.close() };
}

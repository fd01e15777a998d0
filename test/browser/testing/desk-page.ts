import type { Browser } from 'playwright-core';
import type { Template } from '../../world/template.ts';
import {
  type DeskOptions,
  type FrontDesk,
  openProperty,
  type PropertyOptions,
  type TestProperty,
} from '../../world/test-property.ts';
import { openWindow, type WindowOptions } from './chromium.ts';

/** A server, a front desk with simulated encoders, and its page in a browser. */
export interface DeskPage {
  readonly property: TestProperty;
  readonly desk: FrontDesk;
  readonly url: string;
  /** The page in a window of its own. */
  open(options?: WindowOptions): ReturnType<typeof openWindow>;
  close(): Promise<void>;
}

export interface DeskPageOptions {
  readonly property?: PropertyOptions;
  readonly desk?: DeskOptions;
}

export async function openDeskPage(
  template: Template,
  browser: Browser,
  options: DeskPageOptions = {},
): Promise<DeskPage> {
  const property = await openProperty(template, options.property);
  const desk = await property.openDesk({ pagePort: 0, ...options.desk });
  const { page } = desk.agent;
  if (!page?.shown) throw new Error('the desk has no page');
  const windows: Awaited<ReturnType<typeof openWindow>>[] = [];
  return {
    property,
    desk,
    url: page.url,
    open: async (how) => {
      const opened = await openWindow(browser, page.url, how);
      windows.push(opened);
      return opened;
    },
    close: async () => {
      for (const each of windows) await each.close();
      await property.close();
      const problems = windows.flatMap((each) => each.problems);
      if (problems.length > 0) throw new Error(`the page had problems:\n${problems.join('\n')}`);
    },
  };
}

import type { Browser } from 'playwright-core';
import { type DeskOptions, type FrontDesk, type House, type HouseOptions, openHouse } from '../../world/house.ts';
import type { Template } from '../../world/template.ts';
import { openWindow, type WindowOptions } from './chromium.ts';

/** A server, a front desk with simulated encoders, and its page in a browser. */
export interface DeskPage {
  readonly house: House;
  readonly desk: FrontDesk;
  readonly url: string;
  /** The page in a window of its own. */
  open(options?: WindowOptions): ReturnType<typeof openWindow>;
  close(): Promise<void>;
}

export interface DeskPageOptions {
  readonly house?: HouseOptions;
  readonly desk?: DeskOptions;
}

export async function openDeskPage(
  template: Template,
  browser: Browser,
  options: DeskPageOptions = {},
): Promise<DeskPage> {
  const house = await openHouse(template, options.house);
  const desk = await house.openDesk({ pagePort: 0, ...options.desk });
  const { page } = desk.agent;
  if (!page?.shown) throw new Error('the desk has no page');
  const windows: Awaited<ReturnType<typeof openWindow>>[] = [];
  return {
    house,
    desk,
    url: page.url,
    open: async (how) => {
      const opened = await openWindow(browser, page.url, how);
      windows.push(opened);
      return opened;
    },
    close: async () => {
      for (const each of windows) await each.close();
      await house.close();
      const problems = windows.flatMap((each) => each.problems);
      if (problems.length > 0) throw new Error(`the page had problems:\n${problems.join('\n')}`);
    },
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyrack, type Keyrack } from '@keyrack/sdk';
import { onThisComputer } from '@keyrack/server/runtime/public-address.ts';
import type { Browser } from 'playwright-core';
import type { Template } from '../../world/template.ts';
import {
  type DeskOptions,
  type FrontDesk,
  openProperty,
  type PropertyOptions,
  type TestProperty,
} from '../../world/test-property.ts';
import { builtConsole } from './built-console.ts';
import { type ConsolePeople, type ConsoleRole, putPeople } from './console-people.ts';
import { type ConsoleWindow, openConsoleWindow, type WindowOptions } from './console-window.ts';

/** A real server that hands out the console, with the demonstration's hotel, its front desk with simulated encoders, and people. */
export interface ConsoleHouse {
  readonly property: TestProperty;
  /** Where browsers find it, by a name, so that passkeys work. */
  readonly url: string;
  /** The first front desk, whose encoders and cards are those of the demonstration; null where none was asked for. */
  readonly desk: FrontDesk | null;
  readonly people: ConsolePeople;
  /** Everything, by the owner's key: to put things as a test wants them, and to look at what became of them. */
  readonly v1: Keyrack;
  /** The number of the hotel, as `property` of the SDK's methods takes it. */
  readonly number: string;
  /** A window at this path, of somebody who isn't signed in. */
  open(path?: string, options?: WindowOptions): Promise<ConsoleWindow>;
  /** The same of somebody who is signed in already, by the session's cookie. */
  openAs(role: ConsoleRole, path?: string, options?: WindowOptions): Promise<ConsoleWindow>;
  close(): Promise<void>;
}

export interface ConsoleOptions {
  readonly property?: PropertyOptions;
  /** false: no front desk is there. */
  readonly desk?: DeskOptions | false;
}

export async function openConsole(
  template: Template,
  browser: Browser,
  options: ConsoleOptions = {},
): Promise<ConsoleHouse> {
  const folder = await builtConsole();
  const property = await openProperty(template, {
    cardWaitSeconds: 60,
    answerWaitSeconds: 65,
    ...options.property,
    parts: {
      console: { folder, state: () => 'failed' },
      program: 'npx keyrack',
      onLocalhost: true,
      ...options.property?.parts,
    },
  });
  const desk = options.desk === false ? null : await property.openDesk(options.desk);
  const people = await putPeople(property);
  const url = onThisComputer(property.url);
  const key = readFileSync(join(property.folders.server, 'owner-key'), 'utf8').trim();
  const windows: ConsoleWindow[] = [];
  const open: ConsoleHouse['open'] = async (path = '/', how) => {
    const window = await openConsoleWindow(browser, url, how);
    windows.push(window);
    await window.page.goto(path);
    return window;
  };
  return {
    property,
    url,
    desk,
    people,
    v1: createKeyrack({ url: property.url, key }),
    number: property.hotel.property.number,
    open,
    async openAs(role, path = '/', how) {
      const window = await openConsoleWindow(browser, url, how);
      windows.push(window);
      const value = await people[role].session();
      await window.context.addCookies([{ name: 'keyrack', value, url, httpOnly: true, sameSite: 'Strict' }]);
      await window.page.goto(path);
      return window;
    },
    async close() {
      for (const window of windows) await window.close();
      await property.close();
      const problems = windows.flatMap((each) => each.problems);
      if (problems.length > 0) throw new Error(`the console had problems:\n${problems.join('\n')}`);
    },
  };
}

import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { ConsoleRole } from './console-people.ts';
import type { ConsoleWindow, WindowOptions } from './console-window.ts';
import type { ConsoleHouse } from './open-console.ts';

/** A page of the console, as somebody comes to it. */
export interface ConsolePage {
  readonly name: string;
  /** Who opens it; null for somebody who isn't signed in. */
  readonly as: ConsoleRole | null;
  /** As the router names it. */
  readonly route: string;
  /** Its address in this house, where that isn't the route. */
  readonly address?: (house: ConsoleHouse) => string | Promise<string>;
}

/** Every page: axe looks at each, and pictures are made of each. A new page is listed here; a test compares with the router. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { name: 'sign-in', as: null, route: '/sign-in' },
  { name: 'set-up', as: null, route: '/set-up' },
  { name: 'join', as: null, route: '/join', address: () => '/join#nonsense' },
  { name: 'password', as: null, route: '/password', address: () => '/password#nonsense' },
  { name: 'desk', as: 'receptionist', route: '/desk' },
  {
    name: 'room',
    as: 'receptionist',
    route: '/desk/rooms/$room',
    address: async (house) => `/desk/rooms/${await roomWithCards(house)}`,
  },
  { name: 'read-card', as: 'receptionist', route: '/desk/read' },
  { name: 'house', as: 'administrator', route: '/house' },
  { name: 'members', as: 'administrator', route: '/members' },
  { name: 'front-desks', as: 'administrator', route: '/front-desks' },
  { name: 'developers', as: 'administrator', route: '/developers' },
  { name: 'api-keys', as: 'administrator', route: '/developers/keys' },
  { name: 'webhooks', as: 'administrator', route: '/developers/webhooks' },
  { name: 'workbench', as: 'administrator', route: '/developers/workbench' },
  { name: 'operations', as: 'administrator', route: '/operations' },
  { name: 'audit', as: 'auditor', route: '/audit' },
  { name: 'dashboard', as: 'owner', route: '/dashboard' },
  { name: 'account', as: 'receptionist', route: '/account' },
  { name: 'property', as: 'administrator', route: '/property' },
  { name: 'sign-out', as: 'receptionist', route: '/sign-out' },
  { name: 'nowhere', as: 'receptionist', route: '/desk/nowhere/at-all' },
];

/** Opens pages for whoever they are for: each of them stays in one window, as people do. */
export function visitor(house: ConsoleHouse, how: WindowOptions = {}): (page: ConsolePage) => Promise<ConsoleWindow> {
  const windows = new Map<ConsoleRole | null, ConsoleWindow>();
  return async ({ as, route, address }) => {
    const path = (await address?.(house)) ?? route;
    const known = windows.get(as);
    if (known !== undefined) {
      // The router alone would take a change behind the # for no change.
      await known.page.goto('about:blank');
      await known.page.goto(path);
    }
    const window = known ?? (await (as === null ? house.open(path, how) : house.openAs(as, path, how)));
    windows.set(as, window);
    await settled(window.page);
    return window;
  };
}

async function roomWithCards({ v1, number }: ConsoleHouse): Promise<string> {
  const { buildings } = await v1.call('getKeyRack', { property: number });
  const rooms = buildings.flatMap(({ floors }) => floors.flatMap((floor) => floor.rooms));
  return (rooms.find(({ cards }) => cards > 0) ?? rooms[0])?.id ?? 'none';
}

/** What the page shows; empty while something is on the way. Evaluated by the browser's tools: the page's policy forbids it to pages. */
const SHOWN = `document.querySelector('[aria-busy="true"], [class*="_bones_"], [class*="_quiet_"]') === null && document.fonts.status === 'loaded'
  ? document.querySelector('#root')?.innerText.trim() ?? '' : ''`;
const STILL_MS = 150;

/** Resolves when the page stands still: its script and its data are there, and it shows the same twice. */
export async function settled(page: Page): Promise<void> {
  for (let before = ''; ; ) {
    const shown = String(await page.evaluate(SHOWN).catch(() => ''));
    if (shown !== '' && shown === before) return;
    before = shown;
    await setTimeout(STILL_MS);
  }
}

import { rightsOfRole } from '@keyrack/server/domain/rights.ts';
import { ENDPOINTS } from '@keyrack/server/rest/endpoints.ts';
import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { CONSOLE_PAGES, settled } from './testing/console-pages.ts';
import { type ConsoleRole, PASSWORD } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';
import type { ConsoleHouse } from './testing/open-console.ts';

/** Each role sees only its own: every page and every button, against the rights table of the server. */

const DESK = ['/desk', '/desk/read', '/operations'];
const HOUSE = ['/dashboard', '/house', '/members', '/front-desks', '/developers', '/audit'];

interface Seen {
  readonly places: readonly string[];
  readonly walked: RegExp;
  readonly pressed: readonly string[];
}

/** Where the navigation leads, on which pages buttons are pressed, and some of them: a walk that misses them proves nothing. */
const SEEN: readonly (readonly [ConsoleRole, Seen])[] = [
  ['receptionist', { places: DESK, walked: /^.desk|operations/, pressed: ['Use Left encoder', 'CSV'] }],
  [
    'auditor',
    {
      places: ['/desk', '/operations', ...HOUSE],
      walked: /house|members|front-desks|developers|operations|audit/,
      pressed: ['Verify the chain', 'Card keys'],
    },
  ],
  // Whose rights lack those of the owner alone.
  [
    'administrator',
    {
      places: [...DESK, ...HOUSE, '/property'],
      walked: /members|keys|webhooks|property/,
      pressed: ['Add a member', 'Make a key', 'Add a webhook', 'Delete the data'],
    },
  ],
];

/** A right that the role hasn't, which a request would need; null for a request that is its own. */
function lackingRight(role: ConsoleRole, method: string, url: string): string | null {
  const { pathname } = new URL(url);
  const rights = rightsOfRole(role);
  const at = ENDPOINTS.filter((each) => new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
  // `sessions/current` and the like: the path without a variable is meant.
  const endpoint =
    at.find((each) => each.method === method && each.path === pathname) ?? at.find((each) => each.method === method);
  if (endpoint === undefined) return `${method} ${pathname} is no endpoint`;
  const isOwn = endpoint.right.startsWith('self.') || endpoint.open !== undefined;
  return isOwn || rights.has(endpoint.right) ? null : `${method} ${endpoint.path} needs ${endpoint.right}`;
}

/** Fills in what is empty, presses the next button that wasn't yet, and tells its name; null where none is left. */
const PRESS_NEXT = (pressed: readonly string[]) => `(() => {
  const pressed = new Set(${JSON.stringify(pressed)});
  const within = '#main, [role="dialog"], [role="menu"], [role="listbox"]';
  const shown = (element) => element.checkVisibility() && element.closest(within) !== null;
  const nameOf = (element) => (element.getAttribute('aria-label') ?? element.innerText).replace(/\\d+/g, '#').trim();
  for (const input of document.querySelectorAll('input, textarea')) {
    if (!shown(input) || input.value !== '' || ['radio', 'checkbox', 'file'].includes(input.type) || input.readOnly) continue;
    const text = { tel: '+86 13900000001', password: ${JSON.stringify(PASSWORD)}, search: null }[input.type] ?? (input.type === 'search' ? null : 'a1');
    if (text === null) continue;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value').set.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const next = [...document.querySelectorAll('button, [role="menuitem"], [role="switch"]')].find(
    (element) => shown(element) && !element.disabled && !pressed.has(nameOf(element)));
  next?.click();
  return next === undefined ? null : nameOf(next);
})()`;

async function pressAll(page: Page, path: string): Promise<string[]> {
  const pressed: string[] = [];
  for (let isStill = false; pressed.length < 80; ) {
    const name = (await page.evaluate(PRESS_NEXT(pressed)).catch(() => 'went elsewhere')) as string | null;
    if (name !== null) pressed.push(name);
    if (new URL(page.url()).pathname !== path) await page.goto(path);
    if (name === null && isStill) return pressed;
    isStill = name === null;
    if (isStill) await settled(page);
  }
  return pressed;
}

describeConsole('each role sees only its own', (open) => {
  test('no page asks for what is refused, and no button', async () => {
    // Nothing that is pressed reaches the server, so that all find the same house.
    const house = await open();
    await house.v1.call('createApiKey', {
      name: 'Kiosk',
      properties: [house.property.hotel.property.id],
      scopes: ['cards'],
    });
    for (const [role, seen] of SEEN) await walk(house, role, seen);
  });
});

/** Walks as somebody of that role through the pages that it leads to, and presses their buttons. */
async function walk(house: ConsoleHouse, role: ConsoleRole, { places, walked, pressed }: Seen): Promise<void> {
  const { page, close } = await house.openAs(role, '/desk');
  const links = page.getByRole('navigation', { name: 'Places' }).getByRole('link');
  await links.first().waitFor();
  await settled(page);
  const led = await links.evaluateAll((all) => all.map((each) => (each as { pathname?: string }).pathname ?? ''));
  expect([role, ...led.filter((path) => path !== '/set-up')]).toEqual([role, ...places]);

  const refused = new Set<string>();
  let at = '';
  await page.context().route('**/v1/**', async (route: Route) => {
    const request = route.request();
    const lacking = lackingRight(role, request.method(), request.url());
    if (lacking !== null) refused.add(`${role} at ${at}: ${lacking}`);
    // What would change something stays away from the server, so that the next button finds the same house.
    if (request.method() === 'GET') await route.continue();
    else
      await route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: '{"type":"/v1/problems/tried"}',
      });
  });
  const all = new Set<string>();
  for (const { route, address, as, name } of [...CONSOLE_PAGES, { name: 'set-up', as: role, route: '/set-up' }]) {
    if (as === null || ['sign-out', 'nowhere'].includes(name)) continue;
    const path = (await ('address' in { address } ? address?.(house) : undefined)) ?? route;
    const isLed =
      name === 'set-up'
        ? role === 'administrator'
        : path.startsWith('/desk/rooms') ||
          path === '/account' ||
          places.some((place) => path === place || (path.startsWith(`${place}/`) && place !== '/desk'));
    // Other pages that it is led to, every-page.test.ts looks at.
    if (isLed && !walked.test(path)) continue;
    at = path;
    await page.goto(path);
    await settled(page);
    const isShut = (await page.getByText('Your role doesn’t lead here.').count()) > 0;
    expect([role, path, isShut]).toEqual([role, path, !isLed]);
    if (isLed) for (const each of await pressAll(page, path)) all.add(each);
  }
  expect([...refused]).toEqual([]);
  expect([...all]).toEqual(expect.arrayContaining([...pressed]));
  await close();
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { HAS_CHROMIUM, openBrowser } from '../../test/browser/testing/chromium.ts';
import { createNotes, type Found, type Order, profiling } from '../measure.ts';
import { BenchError } from '../parts/bench-error.ts';
import type { Part } from '../parts/part.ts';
import { makeRunFolder } from '../parts/run-folder.ts';
import { startLoad } from '../properties/open-properties.ts';
import { longestTask } from './longest-task.ts';
import { type OpenHouse, openHouse } from './open-house.ts';

const CONSOLES = 10;
const PER_SECOND = 20;
const ROUNDS = 5;
/** Without consoles and with them. */
const TURNS = 3;
const USUAL = { cards: 100_000, seconds: 15 };
const QUICK = { cards: 20_000, seconds: 5 };
/** After the stream has begun, a console asks once more for what it shows. Milliseconds. */
const SETTLED_MS = 2_000;
const ROOM = '[data-room][data-state]';

/** Notes when the first rooms are on the screen: what is drawn in a frame is there in the next. */
const NOTE_ROOMS = `(() => {
  const look = () => {
    if (document.querySelector('${ROOM}') === null) return requestAnimationFrame(look);
    requestAnimationFrame(() => { window.benchRoomsAt = performance.now(); });
  };
  requestAnimationFrame(look);
})()`;

/**
 * The desk of a house with 1,000 rooms and 100,000 cards, in a real browser: how soon its rooms are there and keys are taken, how long
 * filtering holds the page up, and what ten consoles that are told of everything cost the server.
 */
export async function measureConsole(order: Order): Promise<Found[]> {
  if (!HAS_CHROMIUM) throw new BenchError('The bench of the console needs chromium: apt-get install chromium');
  const { cards, seconds } = order.quick ? QUICK : USUAL;
  const load = startLoad();
  const folder = makeRunFolder(order.folder);
  const found: Found[] = [];
  for (const [place, checkout] of order.checkouts.entries()) {
    order.say(`console: making ${cards.toLocaleString('en')} cards …`);
    const dataFolder = join(folder, String(place));
    const house = await openHouse({
      ...{ checkout, dataFolder, cards, load },
      ...{ consoles: CONSOLES, execArgv: profiling(order) },
    });
    buildConsole(checkout);
    const browser = await openBrowser();
    const notes = createNotes();
    try {
      const { page, close } = await openDesk(browser, house, 0);
      for (let round = 0; round < ROUNDS; round += 1) {
        const [rooms, keys] = await loadMs(page, `${house.server.url}/desk`);
        const filter = await longestTask(browser, page, () => filterRooms(page));
        notes.note({ 'console-rooms': rooms, 'console-keys': keys });
        notes.note({ 'console-filter': filter.ms, 'console-filter-cpu': filter.cpuMs });
        order.say(
          `console, round ${round + 1} of ${ROUNDS}: rooms after ${rooms.toFixed(0)} ms, keys after ${keys.toFixed(0)} ms; longest task of filtering ${filter.ms.toFixed(0)} ms (${filter.cpuMs.toFixed(0)} ms of processor time)`,
        );
      }
      await close();
      const live = await liveCost(browser, house, load, seconds);
      for (const [turn, without] of live.without.entries()) {
        const withThem = live.with[turn] ?? 0;
        notes.note({ 'console-live-cpu': withThem - without, 'console-no-live-cpu': without });
        order.say(
          `console, turn ${turn + 1} of ${TURNS}: server CPU ${without.toFixed(1)} % alone, ${withThem.toFixed(1)} % with ${CONSOLES} consoles`,
        );
      }
      notes.note({ 'console-requests': live.requests });
      order.say(`console: ${live.requests.toFixed(1)} requests a second of ${CONSOLES} consoles`);
    } finally {
      await browser.close();
      await house.close();
    }
    found.push({ values: notes.values });
  }
  await load.kill();
  return found;
}

/** The server hands out what was built, also where that was built later. */
function buildConsole(checkout: string): void {
  const program = join(checkout, 'packages/console/build.mjs');
  const { status, stderr } = spawnSync(process.execPath, [program, '--if-stale'], { encoding: 'utf8' });
  if (status !== 0) throw new BenchError(`The console of ${checkout} can not be built:\n${stderr.trim()}`);
}

async function openDesk(
  browser: Browser,
  house: OpenHouse,
  at: number,
): Promise<{ page: Page; close(): Promise<void> }> {
  const { url } = house.server;
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const value = house.sessions[at] ?? '';
  await context.addCookies([{ name: 'keyrack', value, url, httpOnly: true, sameSite: 'Strict' }]);
  await context.addInitScript(NOTE_ROOMS);
  // Each console has chosen an encoder, as at a desk.
  const [key, encoder] = [`keyrack-encoder-${house.propertyId}`, String(house.encoders[at])];
  await context.addInitScript(`localStorage.setItem('${key}', '${encoder}')`);
  const page = await context.newPage();
  await page.goto(`${url}/desk`);
  await page.locator(ROOM).first().waitFor();
  return { page, close: () => context.close() };
}

/** Milliseconds from the navigation until rooms are painted, and until a key that is pressed then has done its work. */
async function loadMs(page: Page, url: string): Promise<[number, number]> {
  await page.goto('about:blank');
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(ROOM).first().waitFor();
  await page.keyboard.press('1');
  const box = page.getByRole('combobox').first();
  // A key that is pressed before the page listens is lost.
  while (!(await box.inputValue()).startsWith('1')) await page.keyboard.press('1');
  const [rooms, keys] = (await page.evaluate(`[window.benchRoomsAt ?? performance.now(), performance.now()]`)) as [
    number,
    number,
  ];
  await page.keyboard.press('Escape');
  return [rooms, keys];
}

/** Somebody looks for a room by its number, and thinks better of it. */
async function filterRooms(page: Page): Promise<void> {
  for (const key of ['0', '0', '1', '7', 'Backspace', 'Backspace', '5', 'Escape', 'R', '0', 'Escape']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
}

/** Server CPU in percent of a core at so many operations a second, without consoles and with them, in turns; what they asked for. */
async function liveCost(browser: Browser, house: OpenHouse, load: Part, seconds: number) {
  const shares = async () => {
    const before = await house.server.use();
    const began = performance.now();
    await load.ask('pace', { server: house.name, perSecond: PER_SECOND, seconds });
    const after = await house.server.use();
    return ((after.cpuMs - before.cpuMs) / (performance.now() - began)) * 100;
  };
  await shares();
  const [without, withThem]: [number[], number[]] = [[], []];
  let requests = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    without.push(await shares());
    const open = await Promise.all(house.sessions.map((_, at) => openDesk(browser, house, at)));
    // What they ask for as they open is the cost of opening, and no cost of what is done meanwhile.
    await Promise.all(open.map(({ page }) => page.getByText('Live', { exact: true }).waitFor()));
    await Promise.all(open.map(({ page }) => page.waitForTimeout(SETTLED_MS)));
    for (const { page } of open) page.on('request', () => (requests += 1));
    withThem.push(await shares());
    for (const { close } of open) await close();
  }
  return { without, with: withThem, requests: requests / (TURNS * seconds) };
}

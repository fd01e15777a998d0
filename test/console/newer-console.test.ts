import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { builtConsole } from './testing/built-console.ts';
import { describeConsole } from './testing/describe-console.ts';

describeConsole('a console that is older than its server', (open) => {
  test.each([
    ['code', '**/assets/*.js'],
    ['looks', '**/assets/*.css'],
  ])('is loaded anew where %s of a page are gone', async (_what, files) => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/members');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.route(files, (route) => route.fulfill({ status: 404, body: '{}' }));
    page.on('request', (request) => {
      if (request.isNavigationRequest()) void page.unroute(files);
    });
    const anew = page.waitForEvent('request', (request) => request.isNavigationRequest());
    await page.locator('a[href="/audit"]').first().click();
    await anew;
    await page.getByRole('searchbox').or(page.getByRole('table')).first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/audit');
  });

  test('comes by itself where nobody is at anything; elsewhere it says so, and waits for the next page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyrack-console-'));
    cpSync(await builtConsole(), folder, { recursive: true });
    try {
      const house = await open({ property: { parts: { console: { folder, state: () => 'failed' } } } });
      const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
      const { page: filling } = await house.openAs('administrator', '/property');
      await live(filling);
      const name = filling.getByLabel('Name', { exact: true });
      await name.fill('Half a na');
      const { page: idle } = await house.openAs('administrator', '/desk');
      await live(idle);
      const ran = await entryOf(idle);
      await house.property.restart(async () => renameEntry(folder));
      const said = filling.getByRole('status').filter({ hasText: 'A new version of this console is here' });
      await said.waitFor();
      await idle.waitForEvent('load');
      expect(await entryOf(idle)).not.toBe(ran);
      await live(idle);

      // It has had as long.
      await said.waitFor();
      expect(await entryOf(filling)).toBe(ran);
      expect(await name.inputValue()).toBe('Half a na');
      const anew = filling.waitForEvent('load');
      await filling.locator('a[href="/audit"]').first().click();
      await anew;
      await filling.getByRole('searchbox').or(filling.getByRole('table')).first().waitFor();
      expect(new URL(filling.url()).pathname).toBe('/audit');
      expect(await entryOf(filling)).not.toBe(ran);
      expect(await filling.getByText('A new version of this console is here').count()).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('says in its place that a part of a page is gone, and leaves the rest as it is', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/house');
    await page.getByRole('button', { name: 'CSV in' }).waitFor();
    await page.route('**/assets/csv-in*.js', (route) => route.fulfill({ status: 404, body: '{}' }));
    await page.getByRole('button', { name: 'CSV in' }).click();
    await page.getByRole('status').filter({ hasText: 'of an older version of the console' }).waitFor();
    expect(await page.getByRole('button', { name: 'CSV in' }).isVisible()).toBe(true);
  });

  test('hears what is new where the worker that its tabs share is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyrack-console-'));
    cpSync(await builtConsole(), folder, { recursive: true });
    const assets = join(folder, 'assets');
    const workers = readdirSync(assets).filter((name) => name.startsWith('worker-'));
    expect(workers.length).toBeGreaterThan(0);
    for (const name of workers) rmSync(join(assets, name));
    try {
      const house = await open({ property: { parts: { console: { folder, state: () => 'failed' } } } });
      const { page } = await house.openAs('administrator', '/members');
      await page.getByText('Live', { exact: true }).waitFor({ timeout: 300_000 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('stays where nobody answers, says so, and goes on by itself when somebody does', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/members');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().route('**', (route) => route.abort('connectionrefused'));
    await page.locator('a[href="/audit"]').first().click();
    await page.getByRole('alert').filter({ hasText: 'can’t be reached' }).waitFor();
    expect(page.url()).toContain(house.url);
    await page.context().unroute('**');
    await page.getByRole('searchbox').or(page.getByRole('table')).first().waitFor();
  });
});

const entryOf = (page: Page) => page.locator('script[type="module"][src^="/assets/"]').first().getAttribute('src');

/** As another build does: the script that pages begin with has another name, and that of before is gone. */
function renameEntry(folder: string): void {
  const index = join(folder, 'index.html');
  const page = readFileSync(index, 'utf8');
  const entry = /src="\/assets\/([^"]+)"/.exec(page)?.[1] ?? '';
  for (const ending of ['', '.gz', '.br']) {
    const file = join(folder, 'assets', `${entry}${ending}`);
    if (existsSync(file)) renameSync(file, file.replace(entry, `newer-${entry}`));
    rmSync(`${index}${ending}`, { force: true });
  }
  writeFileSync(index, page.replaceAll(entry, `newer-${entry}`));
}

import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

import { expect, test } from 'vitest';
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

import { readFileSync } from 'node:fs';
import { putDownloads, sha256Of } from '@keyrack/server/downloads/testing/downloads-folder.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { expectFocus } from './testing/by-keyboard.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';

/** The place of the computers that encoders are plugged into: paired, tried, explained, ended. */

/** Markup, letters that go the other way, and a person made of several signs. */
const HOSTILE = '<img src=x onerror=alert(1)> שלום 👩‍🍳';
const LEFT = 'Left encoder';

/** What the thing that has the focus is called. */
const FOCUSED = `document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''`;

/** Goes on with Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const focused = String(await page.evaluate(FOCUSED));
    if (name.test(focused)) return;
  }
  throw new Error(`the keyboard doesn't reach ${name}`);
}

/** The line that the page shows for a front desk, as this computer can run it: with a simulated encoder, in a folder of its own. */
function argumentsOf(line: string): string[] {
  const words = line.trim().split(/\s+/);
  expect(words.slice(0, 3)).toEqual(['npx', 'keyrack', 'agent']);
  expect(words.at(-1)).toBe('--pcsc');
  return [...words.slice(2, -1), '--sim-encoder', '7C01PAIRED01', '--data', keyrackFolder(), '--page-port', '0'];
}

describeConsole('front desks', (open) => {
  test('a computer is paired by the code of the page, turns green, is seen to go, and is revoked', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/front-desks');
    await page.getByRole('heading', { name: 'Front desks' }).waitFor();
    // By the keyboard alone up to the code.
    await tabTo(page, /^Make a code$/);
    await page.keyboard.press('Enter');
    const code = (await page.getByLabel('Pairing code').innerText()).replace(/\s/g, '');
    expect(code).toMatch(/^[0-9A-Z]{8}$/);
    expect(await page.getByRole('timer').innerText()).toMatch(/^(?:10:00|9:\d\d) left$/);
    await page.getByText('This server has no packages').waitFor();
    const line = await page.getByLabel('the line for the front desk').locator('pre').innerText();
    expect(line).toContain(`--pair ${code}`);

    const agent = keyrack(argumentsOf(line), {});
    const shown = page.getByRole('status').filter({ hasText: 'is connected' });
    await shown.waitFor();
    expect(await shown.innerText()).toContain('It has one encoder.');
    const desk = page.locator('[data-desk]').filter({ hasText: '7C01PAIRED01' });
    await desk.getByText('Connected', { exact: true }).waitFor();

    agent.child.kill('SIGKILL');
    await desk
      .getByText(/^Not connected since/)
      .first()
      .waitFor();
    await desk.getByText('open the agent’s page at 127.0.0.1:8081').waitFor();

    await desk
      .getByRole('button', { name: /^More for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await desk.getByText('its key is never taken again').waitFor();
    // The focus is on what changes nothing.
    expect(await page.evaluate(FOCUSED)).toBe('Leave it');
    await desk.getByRole('button', { name: 'Revoke for good' }).click();
    await page.getByText('One front desk has ended for good.').waitFor();
    const { data } = await house.v1.agents.list({ property: house.number, state: 'revoked' });
    expect(data).toHaveLength(1);
  });

  test('an encoder is tested with a card that is laid down when the page asks for it', async () => {
    const house = await open();
    const [encoder] = (await house.v1.encoders.list({ property: house.number })).data;
    const at = { property: house.number, encoder: String(encoder?.id) };
    await house.v1.call('removeSandboxCard', at);
    const { page } = await house.openAs('administrator', '/front-desks');
    const row = page.locator('[data-encoder]').filter({ hasText: LEFT });
    await row.getByRole('button', { name: /^Test: read a card/ }).click();
    await row.getByText(/^Put a card on/).waitFor();
    await house.v1.call('putSandboxCard', { ...at, serial: '4567' });
    await row.getByText('It works: it read card 4567.').waitFor();
    await row.getByText(/The card is for .*Garden Wing/).waitFor();
    await row.getByRole('button', { name: 'Done' }).click();
    await row.getByRole('button', { name: /^Test: read a card/ }).waitFor();
    // Nothing was written.
    expect(house.property.rows('operations').filter(({ kind }) => kind !== 'read')).toEqual([]);
  });

  test('a front desk is paired anew: the code is for it, and the focus is where it is made', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/front-desks');
    await page
      .locator('[data-desk]')
      .getByRole('button', { name: /^More for/ })
      .first()
      .press('Enter');
    await page.getByRole('menuitem', { name: 'Pair anew' }).press('Enter');
    await page.getByRole('heading', { name: /^Pair .* anew$/ }).waitFor();
    await expectFocus(page, /code/i);
    await page.keyboard.press('Enter');
    const code = (await page.getByLabel('Pairing code').innerText()).replace(/\s/g, '');
    expect(code).toMatch(/^[0-9A-Z]{8}$/);
  });

  test('a name that means harm changes nothing but itself, and another one is said where it is typed', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/front-desks');
    const row = page.locator('[data-encoder]').filter({ hasText: LEFT });
    await row.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByLabel(/^New name of/).fill('safe\u202Eelif');
    await page.keyboard.press('Enter');
    await page.getByText('turns the order of others').waitFor();
    await page.getByLabel(/^New name of/).fill(HOSTILE);
    await page.keyboard.press('Enter');
    const renamed = page.locator('[data-encoder]').filter({ hasText: 'onerror' });
    await renamed.waitFor();
    expect(await renamed.locator('b bdi').textContent()).toBe(HOSTILE);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect((await house.v1.encoders.list({ property: house.number })).data.map(({ name }) => name)).toContain(HOSTILE);

    await page.getByRole('button', { name: /^More for .*Right encoder/ }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const other = (await house.v1.encoders.list({ property: house.number })).data.find(({ name }) => name !== HOSTILE);
    await house.v1.encoders.change({ property: house.number, encoder: String(other?.id), name: 'Bar' });
    await page.getByText('Somebody else changed this meanwhile').waitFor();
  });

  test('who may only look sees no action, and reception has no such place', async () => {
    const house = await open();
    const auditor = await house.openAs('auditor', '/front-desks');
    await auditor.page.locator('[data-encoder]').first().waitFor();
    const main = auditor.page.locator('#main');
    expect(await main.getByRole('button').allInnerTexts()).toEqual([]);
    expect(await auditor.page.getByRole('heading', { name: 'Pair a computer' }).count()).toBe(0);
    const reception = await house.openAs('receptionist', '/desk');
    await reception.page.getByRole('navigation').first().waitFor();
    expect(await reception.page.getByRole('link', { name: 'Front desks' }).count()).toBe(0);
    expect(await reception.page.getByRole('link', { name: 'Developers' }).count()).toBe(0);
  });

  test.each([
    ['english', 'desk', 'light', 'Make a code', 'the line for the front desk'],
    ['chinese', 'phone', 'dark', '生成配对码', '前台命令'],
  ] as const)(
    'packages of the server are offered, those of this computer first: %s, %s, %s',
    async (language, size, theme, make, lineOf) => {
      const LINUX = 'keyrack-agent-0.1.0-linux-x64.tar.xz';
      const WINDOWS = 'keyrack-agent-0.1.0-win-x64.zip';
      const folder = keyrackFolder();
      putDownloads(folder, { [LINUX]: Buffer.from('for Linux'), [WINDOWS]: Buffer.from('for Windows') });
      const house = await open({ desk: false, property: { parts: { downloads: folder } } });
      const { page } = await house.openAs('administrator', '/front-desks', { language, size, theme });
      await page.getByRole('button', { name: make }).click();
      const line = await page.getByLabel(lineOf).locator('pre').innerText();
      expect(line).toContain(`wget -c -O ${LINUX} '`);
      expect(line).toContain(`${sha256Of(Buffer.from('for Linux'))}  ${LINUX}`);
      const openAll = async () => {
        for (const each of await page.locator('summary').all()) await each.press('Enter');
        expect(await findBarriers(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      };
      await openAll();
      // By the keyboard: the one before is Windows.
      await page.getByRole('radio', { name: 'Linux' }).focus();
      await page.keyboard.press('ArrowLeft');
      await page.getByText('install.cmd').waitFor();
      await openAll();
      const downloading = page.waitForEvent('download');
      await page.locator(`a[download="${WINDOWS}"]`).press('Enter');
      const download = await downloading;
      expect(download.suggestedFilename()).toBe(WINDOWS);
      expect(readFileSync(await download.path(), 'utf8')).toBe('for Windows');
      // Somebody at the other computer isn't signed in.
      const link = await page.locator('pre', { hasText: '?link=' }).innerText();
      expect(await (await fetch(link)).text()).toBe('for Windows');
      expect((await fetch(link)).status).toBe(410);
    },
  );

  test.each([
    ['english', 'desk', 'light'],
    ['chinese', 'phone', 'dark'],
  ] as const)('everybody can use it: %s, %s, %s', async (language, size, theme) => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/front-desks', { language, size, theme });
    await page.locator('[data-encoder]').first().waitFor();
    await page.getByRole('button', { name: language === 'english' ? 'Make a code' : '生成配对码' }).click();
    await page.getByRole('timer').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});

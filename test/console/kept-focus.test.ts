import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectFocus, tabTo } from './testing/by-keyboard.ts';
import { PASSWORD } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';

/**
 * Buttons that go away as they are pressed, or take no press for a while. The windows of all journeys are watched besides: a focus
 * that is lost anywhere fails its test.
 */

const tagOfFocus = (page: Page) => page.evaluate('document.activeElement.tagName');

describeConsole('the focus', (open) => {
  test('goes to the place of a button that is gone, and back to the one that opened it', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/developers/webhooks');
    await page.getByRole('button', { name: 'Add a webhook' }).waitFor();
    await tabTo(page, /^Add a webhook$/);
    await page.keyboard.press('Enter');
    await page.keyboard.type('https://pms.example/hooks');
    await page.keyboard.press('Enter');
    const kept = page.getByRole('button', { name: 'I have kept it' });
    await kept.waitFor();
    // The form went with its button.
    await expect.poll(() => tagOfFocus(page)).not.toBe('BODY');
    await kept.press('Enter');
    await expect.poll(() => tagOfFocus(page)).not.toBe('BODY');

    await tabTo(page, /^Change$/);
    await page.keyboard.press('Enter');
    await expectFocus(page, /^Address/);
    await tabTo(page, /^Leave it$/);
    await page.keyboard.press('Enter');
    await expectFocus(page, /^Change$/);
  });

  test('comes back to a field or button that took no press while the server was asked', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('receptionist', '/account');
    await page.getByRole('button', { name: 'Change the password' }).press('Enter');
    await page.getByLabel(/^Your password now/).fill('not that one');
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel(/again$/).fill(PASSWORD);
    const set = page.getByRole('button', { name: 'Set the new password' });
    await set.press('Enter');
    await page.getByText('That is not your password.').waitFor();
    await expectFocus(page, /^Set the new password$/);
  });
});

import { expect, test } from 'vitest';
import { expectFocus } from './testing/by-keyboard.ts';
import { describeConsole } from './testing/describe-console.ts';

describeConsole('what concerns the whole installation', (open) => {
  test('an owner’s webhook of the installation is made, changed and removed apart from those of the property', async () => {
    const house = await open({ desk: false });
    const { v1, number: property } = house;
    const urls = async () => (await v1.call('listInstallationWebhooks')).data.map(({ url }) => url);
    const { page } = await house.openAs('owner', '/developers/webhooks');
    await page.getByText('Installation', { exact: false }).locator('visible=true').last().click();
    await page.getByRole('button', { name: 'Add a webhook' }).press('Enter');
    await page.keyboard.type('https://chain.example/hooks');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'I have kept it' }).press('Enter');
    await expect.poll(urls).toEqual(['https://chain.example/hooks']);
    expect((await v1.webhooks.list({ property })).data).toEqual([]);

    await page.getByRole('button', { name: 'Change', exact: true }).press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.type('/all');
    await page.keyboard.press('Enter');
    await expect.poll(urls).toEqual(['https://chain.example/hooks/all']);
    await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
    await expectFocus(page, /^Leave it$/);
    await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
    await expect.poll(urls).toEqual([]);
    // An administrator of the property hears nothing of them.
    const other = await house.openAs('administrator', '/developers/webhooks');
    await other.page.getByRole('button', { name: 'Add a webhook' }).waitFor();
    expect(await other.page.getByRole('radio').count()).toBe(0);
  });
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { GARDEN_INN, openGardenInn } from './testing/open-garden-inn.ts';

describeConsole('the audit log', (open) => {
  test('tells who did what in words, is searched, proved and exported', async () => {
    const house = await open({ desk: false });
    const inn = await openGardenInn(house, { operations: 400, days: 20 });
    const { page } = await inn.openAs('auditor', '/audit');
    const table = page.getByRole('table', { name: 'Records, the newest first' });
    await table.getByText('Nobody could tell how an operation ended').waitFor();
    await table.getByText('Mei Tan').first().waitFor();

    await page.getByRole('combobox', { name: 'What' }).selectOption('member-created');
    await page.waitForURL('**/audit?action=member-created');
    await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
    await table.getByText('Added a member').waitFor();
    // Details by keyboard, with names beside ids.
    await table.getByRole('button', { name: /Details of record/ }).press('Enter');
    await table.getByText('Mei Tan (member-mei)').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('searchbox').fill('409');
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL('**/audit?room=room-38');
    await table.getByText(/409/).first().waitFor();
    await page.getByRole('searchbox').fill('nothing like that');
    await page.getByRole('searchbox').press('Enter');
    await page.getByText('Nothing is known by that.').waitFor();

    const chain = page.getByRole('button', { name: 'Verify the chain' });
    await chain.press('Enter');
    const newest = house.property.rows('audit').filter(({ propertyId }) => propertyId === GARDEN_INN.id);
    await page.getByText(/^All [\d,]+ records follow from each other\.$/).waitFor();
    await page.getByText(newest.at(-1)?.hash ?? 'a log').waitFor();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const lines = (await readFile(await (await saved).path(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).number)).toEqual(newest.map(({ number }) => number));
    expect(await findBarriers(page)).toEqual([]);
  });

  test('that was changed says from where on, and an owner sees that of the installation', async () => {
    const house = await open({ desk: false });
    const inn = await openGardenInn(house, {
      ...{ operations: 20, days: 2 },
      change: (row) =>
        row.table === 'audit' && row.row.number === 7
          ? { ...row, row: { ...row.row, details: '{"kind":"read"}' } }
          : row,
    });
    const auditor = await inn.openAs('auditor', '/audit');
    await auditor.page.getByRole('button', { name: 'Verify the chain' }).click();
    await auditor.page.getByRole('alert').getByText('Record 7 does not follow').waitFor();
    expect(await auditor.page.getByRole('radio', { name: 'Installation' }).count()).toBe(0);
    await auditor.page.goto('/audit?log=installation');
    await auditor.page.getByRole('table').getByText('Asked for a card at an encoder').first().waitFor();

    const owner = await house.openAs('owner', '/audit');
    await owner.page.getByRole('radio', { name: 'Installation' }).click();
    await owner.page.waitForURL('**/audit?log=installation');
    await owner.page.getByRole('button', { name: 'Verify the chain' }).click();
    await owner.page.getByText(/records? (?:follow|holds)|The one record holds|The log is empty/).waitFor();
  });

  test.each([
    ['english', 'dark', 'phone'],
    ['chinese', 'light', 'desk'],
    ['chinese', 'dark', 'phone'],
  ] as const)('in %s, %s, at a %s, axe finds nothing', async (language, theme, size) => {
    const house = await open({ desk: false });
    const inn = await openGardenInn(house, { operations: 30, days: 2 });
    const { page } = await inn.openAs('administrator', '/audit', { language, theme, size });
    await page.locator('tbody button').first().click();
    await page.locator('tbody dl').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

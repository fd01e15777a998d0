import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { GARDEN_INN, openGardenInn } from './testing/open-garden-inn.ts';

describeConsole('the dashboard', (open) => {
  test('draws what the statistics say, with the same numbers in the table behind each plot', async () => {
    const house = await open({ desk: false });
    const inn = await openGardenInn(house, { operations: 300, days: 30 });
    const { page } = await inn.openAs('auditor', '/dashboard');
    await page.getByRole('radio', { name: '31 days' }).press('Space');
    const byDay = page.getByRole('region', { name: 'Operations by day' });
    await byDay.getByText('300 were asked for').waitFor();
    await byDay.getByRole('img').waitFor();
    await byDay.getByRole('radio', { name: 'Table' }).press('Space');
    const numbers = await byDay
      .locator('tbody tr')
      .evaluateAll((rows) =>
        (rows as unknown as { cells: { textContent: string }[] }[]).map(({ cells }) =>
          [1, 2, 3].map((cell) => Number(cells[cell]?.textContent)),
        ),
      );
    expect(numbers.flat().reduce((sum, number) => sum + number, 0)).toBe(300);
    const told = await house.v1.call('getStatistics', {
      property: GARDEN_INN.id,
      from: new Date(Date.now() - 30.5 * 86_400_000).toISOString(),
    });
    const encoders = page.getByRole('region', { name: 'Success and time by encoder' });
    await encoders.getByRole('radio', { name: 'Table' }).press('Space');
    for (const { encoder, asked } of told.encoders)
      await encoders
        .locator('tr')
        .filter({ hasText: encoder.name ?? '' })
        .getByText(String(asked), { exact: true })
        .waitFor();
    await page.getByText('No card was put on the encoder in time.').waitFor();
    await page.getByRole('link', { name: /^\d+ operations? to look at$/ }).press('Enter');
    await page.waitForURL('**/operations');
  });

  test('of a house where nothing was done says so', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/dashboard');
    await page.getByText('No operations today').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  test.each([
    ['english', 'light', 'desk'],
    ['english', 'dark', 'phone'],
    ['chinese', 'dark', 'desk'],
    ['chinese', 'light', 'phone'],
  ] as const)(
    'in %s, %s, at a %s, axe finds nothing, neither in plots nor in tables',
    async (language, theme, size) => {
      const house = await open({ desk: false });
      const inn = await openGardenInn(house, { operations: 120, days: 2 });
      const { page } = await inn.openAs('administrator', '/dashboard', { language, theme, size });
      // Midnight may just have passed at the property.
      await page.getByRole('radio', { name: /^31/ }).click();
      await page.getByRole('img').nth(2).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      for (const choice of await page.getByRole('radio', { name: /^(?:Table|表格)$/ }).all()) await choice.click();
      expect(await findBarriers(page)).toEqual([]);
    },
  );
});

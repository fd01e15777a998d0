import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import type { ConsoleHouse } from './testing/open-console.ts';
import { openGardenInn } from './testing/open-garden-inn.ts';

const rows = (page: Page) =>
  page.getByRole('table', { name: /newest first|最新的在前/ }).locator('tbody tr[aria-rowindex]');

/** An encoder of the house, by its id. */
async function encoderOf({ v1, number }: ConsoleHouse): Promise<number> {
  const { data } = await v1.encoders.list({ property: number });
  const encoder = data.find(({ presence }) => presence === 'connected');
  if (encoder === undefined) throw new Error('no encoder is connected');
  return encoder.id;
}

describeConsole('operations', (open) => {
  test('what is asked for stands there at once, and is withdrawn after it is said what that means', async () => {
    const house = await open();
    const { page } = await house.openAs('receptionist', '/operations');
    await page.getByRole('heading', { name: 'Operations', level: 1 }).waitFor();
    await page.getByText('Nothing was asked for yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const encoder = await encoderOf(house);
    await house.v1.call('removeSandboxCard', { property: house.number, encoder });
    const { id } = await house.v1.operations.create({ property: house.number, kind: 'read', encoder });
    await rows(page).first().getByText('Waiting').waitFor();

    // By keyboard: the row, its steps, and the way to end it.
    await page.locator(`#operation-${id}`).press('Enter');
    await page.waitForURL(`**/operations?operation=${id}`);
    const detail = page.getByRole('region', { name: 'Operation', exact: true });
    await detail.getByText('Accepted').waitFor();
    await detail.getByRole('button', { name: 'Withdraw' }).press('Enter');
    await detail.getByText('No card was touched, and none will be.').waitFor();
    expect((await house.v1.operations.get({ property: house.number, operation: id })).state).toBe('accepted');
    await detail.getByRole('button', { name: 'Withdraw it' }).press('Enter');
    await detail.getByRole('listitem').filter({ hasText: 'Withdrawn' }).getByText('Rita Reception').waitFor();
    await rows(page).first().getByText('Withdrawn').waitFor();
    expect((await house.v1.operations.get({ property: house.number, operation: id })).state).toBe('withdrawn');
    expect(await findBarriers(page)).toEqual([]);
  });

  test('what needs attention comes first and leads to reading the card; an auditor sees it and can do nothing', async () => {
    const house = await open();
    const encoder = await encoderOf(house);
    const { v1, number: property } = house;
    const [room] = (await v1.rooms.list({ property, limit: 1 })).data;
    await v1.call('removeSandboxCard', { property, encoder });
    await v1.call('setSandboxFailure', { property, encoder, cause: 'outcome-unknown' });
    const issue = { property, kind: 'issue', mode: 'new', encoder, room: room?.id ?? '' } as const;
    const asked = v1.operations.create({
      ...issue,
      holder: { name: 'Ada' },
      validUntil: '2099-01-01T00:00:00Z',
    } as never);
    const { id } = await asked;
    await v1.call('createSandboxCard', { property, encoder, serial: '04AABB010155AA', chip: 'ntag-215' });
    await v1.call('putSandboxCard', { property, encoder, serial: '04AABB010155AA' });
    const { page } = await house.openAs('receptionist', '/operations');
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await attention.getByText('It is not known what the card holds.').waitFor();
    await attention.getByText(`card …55AA`).waitFor();

    const auditor = await house.openAs('auditor', `/operations?operation=${id}`);
    const detail = auditor.page.getByRole('region', { name: 'Operation', exact: true });
    await detail.getByText('Not known how it ended').waitFor();
    for (const name of ['Write off', 'Withdraw', 'Read it', 'Cancel it'])
      expect(await auditor.page.getByRole('button', { name }).count()).toBe(0);
    expect(await auditor.page.getByRole('link', { name: 'Read it' }).count()).toBe(0);
    const administrator = await house.openAs('administrator', `/operations?operation=${id}`);
    await administrator.page.getByRole('button', { name: 'Write off' }).waitFor();

    await attention.getByRole('link', { name: 'Read it' }).click();
    await page.waitForURL('**/desk/read');
    await v1.call('removeSandboxFailure', { property, encoder });
    await v1.call('removeSandboxCard', { property, encoder });
    await v1.call('putSandboxCard', { property, encoder, serial: '04AABB010155AA' });
    // It is read by itself, and everybody who looks at it sees so.
    await detail.getByText('Nobody can tell yet what the card holds.').waitFor({ state: 'detached' });
    // The write was cut off: what was read is half of it, until the card is made blank.
    const seen = auditor.page.getByRole('region', { name: 'Needs attention' });
    await seen.getByText('It opens no door.').waitFor();
    await v1.waitForOperation({
      ...{ property },
      operation: (await v1.operations.create({ property, kind: 'cancel', encoder, serial: '04AABB010155AA' })).id,
    });
    await seen.waitFor({ state: 'detached' });
  });

  test('a history of years is found through, by address and by keyboard, and saved for a spreadsheet', async () => {
    const house = await open({ desk: false });
    const inn = await openGardenInn(house, {
      operations: 6_000,
      days: 5 * 365,
      change: (row) =>
        row.table === 'rooms' && row.row.id === 'room-3' ? { ...row, row: { ...row.row, name: '=1+1' } } : row,
    });
    const { page } = await inn.openAs('administrator', '/operations');
    await rows(page).first().waitFor();
    // Rows that aren't seen aren't there, however far somebody looks back.
    const most = async () => page.evaluate('document.querySelectorAll("tbody tr[aria-rowindex]").length');
    for (let far = 0; far < 12; far += 1) {
      await expect
        .poll(async () => {
          await page.mouse.wheel(0, 40_000);
          return Number(await rows(page).last().getAttribute('aria-rowindex'));
        })
        .toBeGreaterThan(far * 50);
      expect(await most()).toBeLessThan(120);
    }
    await page.evaluate('scrollTo(0, 0)');

    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('expired');
    await page.waitForURL('**/operations?state=expired');
    await expect.poll(() => rows(page).getByText('No card came').count()).toBeGreaterThan(10);
    expect(await rows(page).getByText('Done').count()).toBe(0);
    await page.getByRole('searchbox').fill('409');
    await page.waitForURL(/search=/);
    await expect.poll(() => rows(page).filter({ hasNotText: '409' }).count()).toBe(0);
    await page.goBack();
    await page.waitForURL('**/operations');
    await rows(page).getByText('Done').first().waitFor();

    await page.locator('tbody button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/operation=/);
    const detail = page.getByRole('region', { name: 'Operation', exact: true });
    await detail.getByText('Step by step').waitFor();
    await detail.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('searchbox').fill('=1+1');
    await page.waitForURL(/search=/);
    await rows(page).first().getByText('=1+1').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^operations-G1-\d{4}-\d\d-\d\d\.csv$/);
    const [head = '', ...lines] = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
    expect(head).toBe(
      '\u{feff}Time,Ended,What,Outcome,Cause,Explanation,Room,Card,Who,Developer account,Encoder,Seconds,Operation',
    );
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(line).toContain(",'=1+1,");
    expect(await findBarriers(page)).toEqual([]);
  });

  test.each([
    ['english', 'light', 'phone'],
    ['chinese', 'dark', 'desk'],
    ['chinese', 'light', 'phone'],
    ['english', 'dark', 'desk'],
  ] as const)('in %s, %s, at a %s, axe finds nothing', async (language, theme, size) => {
    const house = await open({ desk: false });
    const inn = await openGardenInn(house, { operations: 60, days: 2 });
    const { page } = await inn.openAs('administrator', '/operations', { language, theme, size });
    await rows(page).first().locator('button').click();
    await page.locator('ol li').first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

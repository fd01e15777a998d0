import { expect, test } from 'vitest';
import { PASSWORD, ROLES } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';

describeConsole('a tab shows what its session may see', (open) => {
  test('a session that is ended elsewhere leads to the door, and its names are gone', async () => {
    const house = await open();
    const { page } = await house.openAs('receptionist', '/operations');
    await page.getByText(ROLES.receptionist.name).first().waitFor();
    const cookies = await page.context().cookies();
    const token = cookies.find(({ name }) => name === 'keyrack')?.value ?? '';
    const answer = await fetch(`${house.url}/v1/sessions/current`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(204);
    await page.waitForURL('**/sign-in**');
    await page.getByText('You were signed out').waitFor();
    expect(await page.getByText(ROLES.receptionist.name).count()).toBe(0);
  });

  test('signing out in one tab signs the others out', async () => {
    const house = await open();
    const { page, context } = await house.openAs('receptionist', '/operations');
    await page.getByText(ROLES.receptionist.name).first().waitFor();
    const other = await context.newPage();
    await other.goto(`${house.url}/audit`);
    await other.getByText(ROLES.receptionist.name).first().click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.waitForURL('**/sign-in**');
    await page.waitForURL('**/sign-in**');
    await page.getByText('You were signed out').waitFor();
    // Whoever signed out themselves knows why they stand at the door.
    expect(await other.getByText('You were signed out').count()).toBe(0);
    const refused = other.waitForResponse((answer) => answer.url().endsWith('/v1/me') && answer.status() === 401);
    await other.goBack();
    await refused;
    await other.waitForURL('**/sign-in**');
    expect(await other.getByText(ROLES.receptionist.name).count()).toBe(0);
  });

  test('nobody believes that they are out while the server never heard of it', async () => {
    const house = await open();
    const { page } = await house.openAs('receptionist', '/desk');
    await page.locator('a[data-room]').first().waitFor();
    await page.route('**/v1/sessions/current', (route) => route.abort());
    await page.keyboard.press('F9');
    await page.getByText('You are still signed in at this browser.').waitFor();
    expect(await page.getByText(ROLES.receptionist.name).count()).toBe(0);
    await page.unroute('**/v1/sessions/current');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in**');
    await page.goto(`${house.url}/desk`);
    await page.waitForURL('**/sign-in**');
  });

  test('an address from elsewhere signs nobody out without asking, and one of nothing or with a wrong filter leads on', async () => {
    const house = await open();
    const { page } = await house.openAs('receptionist', '/sign-out');
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByText(ROLES.receptionist.name).first().waitFor();

    const answer = await page.goto(`${house.url}/DESK`);
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { name: 'Nothing is at this address' }).waitFor();
    await page.getByRole('link', { name: 'Go to the first page' }).click();
    await page.waitForURL('**/desk');

    await page.goto(`${house.url}/operations?search=%E2%80%AElin`);
    await page.getByText('Search: It has a character that can not be seen or turns the order of others').waitFor();
  });

  test('where another person signs in, all tabs are theirs', async () => {
    const house = await open();
    const { page, context } = await house.openAs('receptionist', '/operations');
    await page.getByText(ROLES.receptionist.name).first().waitFor();
    const other = await context.newPage();
    await other.goto(`${house.url}/sign-in`);
    await other.getByLabel('Phone or e-mail').fill(house.people.auditor.email);
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByText(ROLES.auditor.name).first().waitFor();
    await page.getByText(ROLES.auditor.name).first().waitFor();
    expect(await page.getByText(ROLES.receptionist.name).count()).toBe(0);
  });

  test('a tab keeps its property, whichever another tab goes on to', async () => {
    const house = await open();
    await house.v1.properties.create({ number: '77', name: 'Zebra House', timeZone: 'Asia/Tokyo' } as never);
    const { page, context } = await house.openAs('owner', '/members');
    const shown = page.getByTitle('Change property');
    await shown.waitFor();
    const before = await shown.innerText();
    const other = await context.newPage();
    await other.goto(`${house.url}/members`);
    await other.getByTitle('Change property').click();
    await other.getByRole('menuitem', { name: /Zebra House/ }).click();
    await other.getByRole('button', { name: /Zebra House/ }).waitFor();
    const asked = page.waitForResponse('**/v1/me');
    await house.v1.members.change({
      property: house.number,
      member: house.people.auditor.member.id,
      name: 'Aki B',
    } as never);
    await asked;
    // The list of members was asked for anew by the same news.
    await page.getByText('Aki B').waitFor();
    expect(await shown.innerText()).toBe(before);
  });
});

import { DEMO_PERSON } from '@keyrack/server/demo/people.ts';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from '../world/until.ts';
import { shows } from './testing/chromium.ts';
import { describeInBrowser } from './testing/describe-in-browser.ts';
import type { DeskPage } from './testing/desk-page.ts';

/** An expression for the browser: what the element that has the focus is called. */
const FOCUSED = '(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()';

describeInBrowser("a member at the agent's page", (open) => {
  const signedIn = (at: DeskPage) => at.desk.agent.desk.state().signedIn;

  /** Presses the tab key until the focus is where a person wants it, and fails where it never gets there. */
  async function tabTo(page: Page, label: string): Promise<void> {
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(FOCUSED)) === label) return;
    }
    throw new Error(`the tab key never reached "${label}"`);
  }

  async function signInByKeyboard(page: Page, password: string): Promise<void> {
    await shows(page, 'Nobody is signed in');
    await tabTo(page, 'Phone');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, 'E-mail address');
    await page.keyboard.type(DEMO_PERSON.email);
    await tabTo(page, 'Password');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
  }

  test('signs in and out by the keyboard alone', async () => {
    const at = await open();
    const { page } = await at.open();
    await signInByKeyboard(page, DEMO_PERSON.password);
    await shows(page, 'Signed in as Reception');
    expect(signedIn(at)).toBe('Reception');
    // The form is gone, and the focus with it: it is where a person would go on.
    await until('the focus is on "Sign out"', async () => (await page.locator('#sign-out:focus').count()) === 1);
    await page.keyboard.press('Enter');
    await shows(page, 'Nobody is signed in');
    expect(signedIn(at)).toBe(null);
  });

  test('hears why the password was refused, and can type it again at once', async () => {
    const at = await open();
    const { page } = await at.open();
    await signInByKeyboard(page, 'wrong');
    await shows(page, 'This account is not known here or the password is wrong; check both and try again.');
    await page.keyboard.type(DEMO_PERSON.password);
    await page.keyboard.press('Enter');
    await shows(page, 'Signed in as Reception');
  });

  test('is shown the field that is wrong', async () => {
    const at = await open();
    const { page } = await at.open();
    await page.getByLabel('Phone number').fill('12ab');
    await page.getByLabel('Password').fill('x');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await shows(page, 'Type the phone number in digits, without the area code.');
    await page.locator('input[name=mobile][aria-invalid=true]:focus').waitFor();
  });

  test('hears that signing out has to wait for the server', async () => {
    const at = await open();
    const { areaCode, mobile, passwordMd5 } = PUBLISHED;
    await at.desk.signIn({ areaCode, mobile, email: '', passwordMd5 });
    const { page } = await at.open();
    await shows(page, 'Signed in as Front Desk');
    await at.property.server.stop();
    await shows(page, 'Not connected to the server');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await shows(page, 'Not connected to the server; try again later.');
    expect(signedIn(at)).toBe('Front Desk');
  });

  test('who does nothing for too long is signed out, and sees when and why', async () => {
    const at = await open({ property: { signInIdleMs: 3_000 } });
    const { page } = await at.open();
    await signInByKeyboard(page, DEMO_PERSON.password);
    await shows(page, 'Signed in as Reception');
    await shows(page, /^Signed out at \d\d:\d\d/);
    await shows(page, 'Signed out, since nobody was active here for too long; sign in again to go on.');
    expect(signedIn(at)).toBe(null);
  });

  test('who uses the page stays signed in, and a script on it counts for nothing', async () => {
    const at = await open();
    const { page } = await at.open();
    await signInByKeyboard(page, DEMO_PERSON.password);
    await shows(page, 'Signed in as Reception');
    const lastActive = () => at.property.rows('signIns')[0]?.lastActiveAt ?? 0;
    const before = lastActive();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))");
    expect(asked).toEqual([]);
    await page.keyboard.press('Shift');
    // The server can hear of a request before the browser has told this test of it.
    await until('the server hears of it', () => lastActive() > before && asked.length > 0);
    expect(asked).toEqual(['/activity']);
  });
});

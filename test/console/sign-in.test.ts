import { codeOf } from '@keyrack/server/testing/one-time-code.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSWORD } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';

/** The way in: by password, second factor, passkey, link and invitation, and what keeps others out. */

const signIn = async (page: Page, login: string, password: string) => {
  await page.getByLabel('Phone or e-mail').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
};
const at = (page: Page, path: string) => page.waitForURL((url) => url.pathname === path);
/** From its own page: one that is signed in leads to the door by itself as soon as it hears, whatever the test does then. */
const signOut = async (page: Page) => {
  await page.goto('/sign-out');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await at(page, '/sign-in');
};
/** What the page's own session is answered at an address of /v1. */
const answerAt = (page: Page, path: string) =>
  page.evaluate(
    `fetch(${JSON.stringify(path)}, { headers: { 'keyrack-session': 'cookie' } }).then(({ status }) => status)`,
  );

async function plugAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describeConsole('the way in', (open) => {
  test('a password leads back to where somebody came from; a wrong one says what to do', async () => {
    const house = await open({ desk: false });
    const { page } = await house.open('/members');
    await at(page, '/sign-in');
    await signIn(page, house.people.administrator.email, 'not this one');
    await page.getByRole('alert').getByText('the password is wrong').waitFor();
    await signIn(page, house.people.administrator.email, PASSWORD);
    await at(page, '/members');
    await page.getByRole('heading', { name: 'Members' }).waitFor();
  });

  test('guessing closes the door to this name, also for the right password, and says until when', async () => {
    const house = await open({ desk: false });
    const { email } = house.people.receptionist;
    for (let n = 0; n < 10; n += 1)
      await fetch(`${house.url}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: `guess ${n}` }),
      });
    const { page } = await house.open('/sign-in');
    await signIn(page, email, PASSWORD);
    await page
      .getByRole('alert')
      .getByText(/let in again at \d\d:\d\d/)
      .waitFor();
    expect(await answerAt(page, '/v1/me')).toBe(401);
  });

  test('an app, a recovery code and a passkey are added on the account page, and asked for at the door', async () => {
    const house = await open({ desk: false });
    const { email } = house.people.receptionist;
    const { page } = await house.openAs('receptionist', '/account');
    await plugAuthenticator(page);
    await page.getByRole('button', { name: 'Add an app' }).click();
    await page.getByLabel('Your password now').fill(PASSWORD);
    await page.getByRole('button', { name: 'Show the code' }).click();
    const secret = (await page.getByRole('region', { name: 'Copy the secret' }).locator('pre').innerText()).replace(
      /\s/g,
      '',
    );
    await page.getByLabel('Code that the app shows now').fill(codeOf(secret, Date.now()));
    await page.getByRole('button', { name: 'Take it into use' }).click();
    await page.getByText('The app is in use').waitFor();
    await page.getByRole('button', { name: 'Make recovery codes' }).click();
    await page.getByLabel('Your password now').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('They are shown this once').waitFor();
    const codes = await page.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem').allInnerTexts();
    expect(codes).toHaveLength(10);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('What to call it').fill('Laptop');
    await page.getByLabel('Your password now').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('Laptop').waitFor();
    await signOut(page);
    expect(await answerAt(page, '/v1/me')).toBe(401);

    const again = async () => {
      await page.goto('/sign-in?back=/account');
      await signIn(page, email, PASSWORD);
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
      // The password alone opens nothing.
      expect(await answerAt(page, '/v1/me')).toBe(401);
    };
    await again();
    await page.getByRole('button', { name: 'Show your passkey' }).click();
    await at(page, '/account');
    await signOut(page);
    await again();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await at(page, '/account');
    await page.getByText('9 are left.').waitFor();
    await signOut(page);
    await again();
    await page.getByRole('button', { name: 'Use the code of your app' }).click();
    await page.getByLabel('Code of your app').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('That was not right').waitFor();
    await page.getByLabel('Code of your app').fill(codeOf(secret, Date.now() + 30_000));
    await page.keyboard.press('Enter');
    await at(page, '/account');
    await signOut(page);
    await page.goto('/sign-in?back=/account');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await at(page, '/account');
  });

  test('a link signs in once, and stands in no address afterwards', async () => {
    const house = await open({ desk: false });
    const link = await house.people.administrator.link();
    const first = await house.open(`/sign-in#link=${link}`);
    await first.page.waitForURL((url) => url.pathname !== '/sign-in');
    expect(first.page.url()).not.toContain(link);
    const second = await house.open(`/sign-in#link=${link}`);
    await second.page.getByRole('alert').getByText('This link is not valid any more').waitFor();
    await second.page.getByRole('button', { name: 'Sign in with a password' }).click();
    await second.page.getByLabel('Phone or e-mail').waitFor();
  });

  test('an invitation gives a password of one’s own; a link for a password sets one', async () => {
    const house = await open({ desk: false });
    const lin = { name: '<b>林</b>', role: 'receptionist', email: 'lin@hotel.example' } as const;
    const member = await house.v1.members.create({ property: house.number, ...lin });
    const { token } = await house.v1.members.invite({ property: house.number, member: member.id });
    const { page } = await house.open(`/join#${token}`);
    expect(await page.getByLabel('Your name').inputValue()).toBe('<b>林</b>');
    await page.getByLabel('Phone or e-mail').fill('+86 139 0000 0042');
    await page.getByLabel('Password', { exact: true }).fill('her very own one');
    await page.getByLabel('Password again').fill('her very own one');
    expect(page.url()).not.toContain(token);
    await page.keyboard.press('Enter');
    await at(page, '/desk');
    expect(await answerAt(page, '/v1/me')).toBe(200);

    const { link } = await house.v1.members.createPasswordLink({ property: house.number, member: member.id });
    const window = await house.open(new URL(link ?? '').pathname + new URL(link ?? '').hash);
    await window.page.getByLabel('New password', { exact: true }).fill('battery staple');
    await window.page.getByLabel('New password again').fill('battery stable');
    await window.page.keyboard.press('Enter');
    await window.page.getByText('The two passwords differ.').waitFor();
    await window.page.getByLabel('New password again').fill('battery staple');
    await window.page.keyboard.press('Enter');
    await window.page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    await window.page.getByRole('button', { name: 'To the sign-in' }).click();
    await window.page.getByRole('button', { name: 'Use a property’s own password' }).click();
    await window.page.getByLabel('Number of the property').fill(house.number);
    await signIn(window.page, 'lin@hotel.example', 'battery staple');
    await at(window.page, '/desk');
    // This browser keeps the way and the number; and what was said of one way isn't said of the other.
    await window.context.clearCookies();
    await window.page.goto('/sign-in');
    await signIn(window.page, 'lin@hotel.example', 'battery stable');
    await window.page.getByText('Nobody has this name at this property').waitFor();
    await window.page.getByRole('button', { name: 'Use your own password' }).click();
    expect(await window.page.getByRole('alert').count()).toBe(0);
    await window.page.getByRole('button', { name: 'Use a property’s own password' }).click();
    await signIn(window.page, 'lin@hotel.example', 'battery staple');
    await at(window.page, '/desk');
  });

  test('a session of one property opens nothing of another, and a cookie without the page’s header opens nothing', async () => {
    const house = await open({ desk: false });
    const other = await house.v1.properties.create({ number: '2002', name: 'Other', timeZone: 'Asia/Shanghai' });
    const { page } = await house.openAs('administrator', '/account');
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(await answerAt(page, `/v1/properties/${house.number}/key-rack`)).toBe(200);
    for (const path of ['', '/key-rack', '/members', '/audit-records', '/live'])
      expect([path, await answerAt(page, `/v1/properties/${other.id}${path}`)]).toEqual([path, 404]);
    expect(await page.evaluate("fetch('/v1/me').then(({ status }) => status)")).toBe(401);
  });
});

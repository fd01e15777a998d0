import { createKeyrack } from '@keyrack/sdk';
import { codeOf } from '@keyrack/server/testing/one-time-code.ts';
import { putSignInLink } from '@keyrack/server/testing/sign-in-link.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSWORD, ROLES } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';

/** Links that come twice, too late or to somebody else, cookies from elsewhere, sessions that are half open, and clocks that are wrong. */

const DAY = 86_400_000;
const at = (page: Page, path: string) => page.waitForURL((url) => url.pathname === path);
const signIn = async (page: Page, login: string) => {
  await page.getByLabel('Phone or e-mail').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
};
/** Who the server takes the page for; null for nobody. */
const whoIsIt = (page: Page) =>
  page.evaluate(
    "fetch('/v1/me', { headers: { 'keyrack-session': 'cookie' } }).then(async (answer) => answer.ok ? (await answer.json()).person.name : null)",
  );

describeConsole('somebody comes in oddly', (open) => {
  test('links are good once, and whoever is signed in already is asked whose they are', async () => {
    const house = await open({ desk: false });
    const { v1, number: property } = house;
    const lin = await v1.members.create({ property, name: 'Lin', role: 'receptionist', email: 'lin@hotel.example' });
    const { token } = await v1.members.invite({ property, member: lin.id });
    const { page } = await house.openAs('receptionist', `/join#${token}`);
    await page.getByText(`You are signed in as \u2068${ROLES.receptionist.name}\u2069.`).waitFor();
    await page.goto(`/password#${token}`);
    await page.getByText('This link is not for a password.').waitFor();
    const over = await putSignInLink(
      house.property,
      { kind: 'person', personId: house.people.auditor.person.id },
      Date.now() - 2 * DAY,
    );
    for (const [path, says] of [
      ['/password', 'This link is not valid any more'],
      ['/join', 'This invitation is not valid any more'],
    ] as const) {
      await page.goto('about:blank');
      await page.goto(`${path}#${over}`);
      await page.getByRole('heading', { name: says }).waitFor();
    }
    await page.goto('about:blank');
    await page.goto(`/join#${token}`);
    await page.getByRole('button', { name: 'I am somebody else' }).click();
    await page.getByLabel('Phone or e-mail').fill('lin@home.example');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Password again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await at(page, '/desk');
    expect(await whoIsIt(page)).toBe('Lin');
    await page.goto('about:blank');
    await page.goto(`/join#${token}`);
    await page.getByText('This invitation is not valid any more').waitFor();

    // A link of somebody else's password: Lin stays who they are.
    const { link } = await v1.members.createPasswordLink({ property, member: house.people.auditor.member.id });
    const path = new URL(link ?? '').pathname + new URL(link ?? '').hash;
    await page.goto(path);
    await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('New password again').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
    expect(await whoIsIt(page)).toBe('Lin');
    await page.goto('about:blank');
    await page.goto(path);
    await page.getByText('This link is not valid any more').waitFor();
  });

  test('cookies that others put beside it end no session, and let nobody sign in twice; guesses count wherever they are made', async () => {
    const house = await open({ desk: false });
    const { page, context } = await house.openAs('receptionist', '/account');
    const account = page.getByRole('heading', { name: 'Your account' });
    await account.waitFor();
    const plant = () =>
      context.addCookies(
        ['/v1', '/v1/me', '/v1/sessions', '/v1/properties'].map((path) => ({
          name: 'keyrack',
          value: 'ks_planted',
          domain: 'localhost',
          path,
        })),
      );
    await page.goto('about:blank');
    await plant();
    await page.goto('/account');
    await account.waitFor();
    expect(await whoIsIt(page)).toBe(ROLES.receptionist.name);
    await page.goto('about:blank');
    await context.clearCookies();
    await plant();
    await page.goto('/sign-in?back=/account');
    await signIn(page, house.people.receptionist.email);
    await account.waitFor();
    expect(await whoIsIt(page)).toBe(ROLES.receptionist.name);

    const { email } = house.people.auditor;
    const guess = (headers: string) =>
      page.evaluate(
        `fetch('/v1/sessions', { method: 'POST', headers: { 'content-type': 'application/json', ${headers} },
          body: ${JSON.stringify(JSON.stringify({ email, password: 'a guess' }))} }).then(({ status }) => status)`,
      );
    const answers: unknown[] = [];
    for (let n = 0; n < 11; n += 1) answers.push(await guess("'keyrack-session': 'cookie'"));
    expect(answers).toEqual([...Array(10).fill(401), 429]);
    expect(await guess('')).toBe(429);
  });

  test('half a sign-in is none, also in another tab and after a reload; a browser whose clock is wrong is in all the same', async () => {
    const house = await open({ desk: false });
    const { administrator } = house.people;
    const own = createKeyrack({ url: house.url, key: await administrator.session() });
    const { secret } = await own.call('createAuthenticator', { currentPassword: PASSWORD });
    await own.call('confirmAuthenticator', { code: codeOf(String(secret), Date.now()) });
    const { page, context } = await house.open('/sign-in?back=/front-desks');
    await signIn(page, administrator.email);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    const other = await context.newPage();
    await other.goto(`${house.url}/desk`);
    await at(other, '/sign-in');
    await other.close();
    await page.reload();
    await page.getByLabel('Phone or e-mail').waitFor();
    expect(await whoIsIt(page)).toBe(null);
    expect((await context.cookies()).filter(({ name }) => name === 'keyrack')).toEqual([]);

    await page.clock.install({ time: Date.now() + DAY });
    await page.reload();
    await signIn(page, administrator.email);
    await page.getByLabel('Code of your app').fill(codeOf(String(secret), Date.now() + 30_000));
    await page.keyboard.press('Enter');
    await at(page, '/front-desks');
    await page.getByRole('button', { name: 'Make a code' }).click();
    const left = page.getByRole('timer');
    expect(await left.innerText()).toMatch(/^(?:10:00|9:\d\d) left$/);
    // Set right in the middle, and wrong again the other way round.
    await page.clock.setSystemTime(Date.now() - DAY / 24);
    await page.reload();
    // The code that is good still is shown again.
    await left.waitFor();
    expect(await left.innerText()).toMatch(/^(?:10:00|9:\d\d) left$/);
  });
});

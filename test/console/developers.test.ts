import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRoomCards } from '@keyrack/sdk/room-card';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { PASSWORD } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';

/** The place of those who write software for the house: accounts, keys, webhooks, and a workbench for the room-card API. */

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page
    .getByRole('combobox', { name: label })
    .or(page.getByLabel(label, { exact: true }))
    .first()
    .click();
  await page.getByRole('option', { name: option }).click();
}

/** What the bench shows for taking along. */
const copied = (page: Page, what: string): Promise<string> => page.getByLabel(what).locator('pre').innerText();
const envelope = async (page: Page) =>
  JSON.parse(await page.locator('pre').filter({ hasText: '"status"' }).innerText());

/** Fills in what all requests to cards need. */
async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.getByLabel(name, { exact: true }).first().fill(value);
}

async function sent(page: Page, status: string): Promise<void> {
  await page.locator('#main').getByText(status, { exact: true }).first().waitFor();
}

describeConsole('developers', (open) => {
  test('the workbench issues a card on a simulated encoder; the line for curl and the code for the SDK do the same', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/developers/workbench');
    const encoder = page.locator('[data-simulated]').filter({ hasText: PUBLISHED.encoder });
    await encoder.getByRole('button', { name: /^Lay down/ }).click();
    await page.getByRole('menuitem', { name: 'ntag-215', exact: true }).click();
    await encoder.getByText(/\(ntag-215\)/).waitFor();

    await fillIn(page, {
      authToken: PUBLISHED.authToken,
      'Password of the creator': PASSWORD,
      creatorEmail: house.people.receptionist.email,
      issueMac: PUBLISHED.encoder,
      buildNo: '001',
      floorNo: '001',
      roomNo: 'R001',
    });
    // The token is never shown, and is in nothing that is taken along.
    expect(await page.locator('#main').innerText()).not.toContain(PUBLISHED.authToken);
    expect(await copied(page, 'the line for curl')).not.toContain(PUBLISHED.authToken);
    await page.keyboard.press('Control+Enter');
    await sent(page, '200');
    await page.getByText('It is done, read back from the card and recorded.').waitFor();
    const { serialNum } = (await envelope(page)).data;
    expect(house.property.rows('cardRecords').find(({ serial }) => serial === serialNum)).toBeDefined();

    // Read by the SDK's code, as a program of its own.
    await choose(page, 'Endpoint', /^readCard/);
    await page.getByText('SDK', { exact: true }).click();
    const code = await copied(page, 'the code for the SDK');
    const read = await run(process.execPath, ['--input-type=module', '-e', code], {
      cwd: REPOSITORY,
      env: { ...process.env, KEYRACK_AUTH_TOKEN: PUBLISHED.authToken },
    });
    expect(read.stdout).toContain(serialNum);

    // Cancelled by the line for curl, in a shell; the page's own request finds it blank already.
    await choose(page, 'Endpoint', /^cancelCard/);
    await fillIn(page, { serialNum });
    await page.getByText('curl', { exact: true }).click();
    const { stdout } = await run('sh', ['-c', `${await copied(page, 'the line for curl')} --silent`]);
    expect(JSON.parse(stdout)).toEqual({ status: 200, info: 'success' });
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await envelope(page)).data).toBeUndefined();
    await sent(page, '200');
  });

  test('the workbench says why something was refused, and the sandbox makes it fail', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/developers/workbench', { language: 'chinese' });
    await page.getByLabel('接口', { exact: true }).first().click();
    await page.getByRole('option', { name: /^readCard/ }).click();
    await fillIn(page, {
      authToken: 'a token that is not its own',
      操作人的密码: PASSWORD,
      creatorEmail: house.people.receptionist.email,
      issueMac: PUBLISHED.encoder,
    });
    await page.getByRole('button', { name: /^发送到本服务器/ }).click();
    await sent(page, '403');
    await page.getByText('账号与签名不符').waitFor();

    await fillIn(page, { authToken: PUBLISHED.authToken });
    const encoder = page.locator('[data-simulated]').filter({ hasText: PUBLISHED.encoder });
    await encoder.getByRole('button', { name: /^模拟故障/ }).click();
    await page.getByRole('menuitem', { name: '前台人员拒绝' }).click();
    await encoder.getByText('下一次可能如此失败的操作将会失败').waitFor();
    await page.getByRole('button', { name: /^发送到本服务器/ }).click();
    await sent(page, '6201');
    await page.getByText(/原因：/).waitFor();
    // What failed is over, and the page knows.
    await encoder.getByText('下一次可能如此失败的操作将会失败').waitFor({ state: 'detached' });
  });

  test('an account shows its token once; after a rotation the old and the new one sign, until the old one ends', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/developers');
    await page.getByRole('button', { name: 'Add an account' }).click();
    await page.getByLabel(/^Name/).fill('PMS');
    await page.getByRole('button', { name: 'Make the account' }).click();
    const old = await copied(page, 'The authToken of \u2068PMS\u2069');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const account = page.locator('[data-account]').filter({ hasText: 'PMS' });
    const accountSid = await account.getAttribute('data-account');
    expect(await page.locator('#main').innerText()).not.toContain(old);

    const signs = (authToken: string) =>
      createRoomCards({ url: house.url, accountSid: String(accountSid), authToken })
        .getMacList({ communityNo: house.number })
        .then(
          () => true,
          () => false,
        );
    const rotate = async (overlap: RegExp) => {
      await account.getByRole('button', { name: 'New token' }).click();
      await choose(page, 'The token before signs too', overlap);
      await account.getByRole('button', { name: 'Make a new token' }).click();
      const token = await copied(page, 'The new authToken of \u2068PMS\u2069');
      await account.getByRole('button', { name: 'I have kept it' }).click();
      return token;
    };
    const second = await rotate(/^For a day$/);
    expect([await signs(old), await signs(second)]).toEqual([true, true]);
    await account.getByText(/^Old token until/).waitFor();
    const third = await rotate(/^No longer/);
    expect([await signs(old), await signs(second), await signs(third)]).toEqual([false, false, true]);

    await account.getByRole('button', { name: 'Suspend' }).click();
    await account.getByText('Suspended', { exact: true }).waitFor();
    expect(await signs(third)).toBe(false);
    // Somebody else changes the same meanwhile: nothing is overwritten.
    await account.getByRole('button', { name: 'Change' }).click();
    await house.v1.accounts.change({ account: String(accountSid), name: 'PMS of somebody else' });
    await page.locator('[data-account]').getByText('PMS of somebody else').waitFor();
    await page.getByLabel(/^Name/).fill('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    expect((await house.v1.accounts.get({ account: String(accountSid) })).name).toBe('PMS of somebody else');
  });

  test('a key may what it was made for, and nothing once it is revoked', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/developers/keys');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByLabel(/^Name/).fill('Minibar');
    await page.getByLabel('Buildings, floors, rooms and locks').check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const token = await copied(page, 'The key \u2068Minibar\u2069');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const ask = async (path: string) =>
      (
        await fetch(`${house.property.url}/v1/properties/${house.number}/${path}`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect([await ask('rooms'), await ask('members')]).toEqual([200, 404]);
    const key = page.locator('[data-key]').filter({ hasText: 'Minibar' });
    await key.getByRole('button', { name: /^Revoke/ }).click();
    await key.getByText('It ends at once, for good').waitFor();
    await key.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('One key has ended.').waitFor();
    expect(await ask('rooms')).toBe(401);
  });

  test('a webhook gets an event, fails, is tried again, and gets all of it once more', async () => {
    const answers: number[] = [];
    const got: { type: string }[] = [];
    const receiver = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        got.push(JSON.parse(text));
        response.writeHead(answers.shift() ?? 200).end();
      });
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    onTestFinished(() => void receiver.close());
    const house = await open({ property: { env: { KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1' } } });
    const { page } = await house.openAs('administrator', '/developers/webhooks');
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await page.getByLabel(/^Address/).fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
    await page.getByLabel('Only these', { exact: true }).first().check();
    await page.getByLabel('property.changed').check();
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('It is shown this once.').waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const webhook = page.locator('[data-webhook]');
    await webhook.getByRole('button', { name: 'Test' }).click();
    await webhook.getByText(/^The test arrived: the receiver answered 200/).waitFor();

    await webhook.getByRole('button', { name: 'Deliveries' }).click();
    const rename = (name: string) => house.v1.properties.change({ property: house.number, name });
    const rows = webhook.locator('[data-delivery]');
    const states = async () =>
      (await rows.allInnerTexts()).map((text) => /Arrived|Tried again|Given up/.exec(text)?.[0]);
    await rename('First');
    await expect.poll(states).toEqual(['Arrived']);
    answers.push(500);
    await rename('Second');
    await expect.poll(async () => (await rows.allInnerTexts()).join()).toMatch(/500 · Not accepted/);
    // The next try comes after five seconds, and the page hears of it by itself.
    await expect.poll(states).toEqual(['Arrived', 'Arrived']);
    const before = got.length;
    await rows
      .last()
      .getByRole('button', { name: /^Send again/ })
      .click();
    await expect.poll(() => got.length).toBe(before + 1);
    // Everything from a time on that lies before all of it.
    await webhook.getByLabel(/^Send again from/).fill('2020-01-01T00:00');
    await webhook.getByRole('button', { name: 'Send again', exact: true }).click();
    await webhook.getByText('2 are sent again.').waitFor();
    await expect.poll(() => got.length).toBe(before + 3);
    expect(new Set(got.slice(1).map(({ type }) => type))).toEqual(new Set(['property.changed']));
  });

  test('who may only look sees no action, and everybody can use each part', async () => {
    const house = await open();
    const auditor = await house.openAs('auditor', '/developers');
    await auditor.page.locator('[data-account]').first().waitFor();
    const actions = (at: Locator) => at.getByRole('button').allInnerTexts();
    expect(await actions(auditor.page.locator('#main'))).toEqual([]);
    expect(await auditor.page.getByRole('switch', { disabled: false }).count()).toBe(0);

    for (const [language, size, theme] of [
      ['english', 'desk', 'dark'],
      ['chinese', 'phone', 'light'],
    ] as const) {
      const { page } = await house.openAs('administrator', '/developers', { language, size, theme });
      for (const path of ['/developers', '/developers/keys', '/developers/webhooks', '/developers/workbench']) {
        await page.goto(path);
        await page.locator('#main nav').waitFor();
        await page.locator('#main :is(section, [data-key])').first().waitFor();
        expect(await findBarriers(page), `${path} ${language}`).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).toBeLessThanOrEqual(0);
      }
    }
  });
});

import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { offerSetUp } from '@keyrack/server/runtime/offer-set-up.ts';
import { onThisComputer } from '@keyrack/server/runtime/public-address.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { openBrowser } from '../browser/testing/chromium.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { builtConsole } from './testing/built-console.ts';
import { openConsoleWindow, type WindowOptions } from './testing/console-window.ts';
import { describeWithChromium } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';

/** The first ten minutes, from the link of the first start to the first card. */

/** An empty server that hands out the console, and a window at the link that it would print. */
async function openEmpty(options: WindowOptions = {}) {
  const data = keyrackFolder();
  const folder = await builtConsole();
  let token: string | null = null;
  const server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, data), recordingLog().log, {
    console: { folder, state: () => 'failed' },
    prepare: async ({ run }) => {
      token = await offerSetUp(run);
    },
  });
  onTestFinished(() => server.stop());
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const url = onThisComputer(server.url);
  const window = await openConsoleWindow(browser, url, { timeZone: 'Asia/Shanghai', ...options });
  onTestFinished(() => expect(window.problems).toEqual([]));
  return { server, browser, url, token: token ?? '', ...window };
}

describeWithChromium('the set-up', () => {
  beforeAll(() => builtConsole());

  test('leads from the link to the first card on a simulated encoder, and can be left at every step', async () => {
    const { page, token, url, server } = await openEmpty();
    // Nobody can sign in yet, so the door leads there, too.
    await page.goto('/');
    await page.getByRole('heading', { name: 'This server waits to be set up' }).waitFor();
    await page.goto(`/set-up#${token}`);
    await page.reload();

    // By the keyboard alone, as far as the property.
    await page.getByLabel('Your name').focus();
    await page.keyboard.type('Henrik <b>Bodil</b>');
    await page.keyboard.press('Enter');
    await page.getByText('Use at least 10 characters.').waitFor();
    await page.getByLabel('Phone or e-mail').fill('henrik@garden.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByLabel('Password again').fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Which house is it?' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Garden Inn');
    // The browser told its zone.
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toContain('Shanghai');
    await page.getByLabel('Number').fill('1001');
    await page.getByRole('button', { name: 'Make the property' }).click();
    await page.getByRole('heading', { name: 'Which rooms are there?' }).waitFor();
    expect(page.url()).not.toContain(token);

    await page.getByLabel('Rooms', { exact: true }).fill('110–101');
    await page.getByRole('button', { name: 'Save the rooms' }).click();
    await page.getByText('ends before it begins').waitFor();
    await page.getByLabel('Rooms', { exact: true }).fill('101–110, 201-210');
    await page.getByLabel('Leave out').fill('04');
    await page.getByText('Left out, 2: 104, 204').waitFor();
    await page.getByLabel('Leave out').fill('');
    await page.getByRole('button', { name: 'Save 20 rooms and go on' }).click();
    await page.getByRole('heading', { name: 'Which computer has the encoder?' }).waitFor();

    // Left, and taken up where it was.
    await page.reload();
    await page.getByRole('heading', { name: 'Which computer has the encoder?' }).waitFor();
    await page.getByText('20 rooms').waitFor();
    await page.getByRole('button', { name: 'Make a code' }).click();
    const code = (await page.getByLabel('Pairing code').innerText()).replace(/\s/g, '');
    // The code is shown this once, and goes on being good.
    await page.reload();
    expect((await page.getByLabel('Pairing code').innerText()).replace(/\s/g, '')).toBe(code);
    const desk = keyrackFolder();
    const agents = `${server.url.replace('http', 'ws')}/agent`;
    const line = ['agent', '--server', agents, '--pair', code, '--data', desk];
    const agent = keyrack([...line, '--sim-encoder', '020000000001', '--page-port', 'off'], {});
    await agent.says('ready');
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();

    await page.getByRole('heading', { name: 'Who works here?' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Ada Lin');
    await page.getByLabel('Phone or e-mail').fill('+86 13900000001');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText(`${url}/join#kl_`).waitFor();
    await page.getByText('This link opens on the server’s own computer alone.').waitFor();
    // Whose link could not be made is a member all the same, and isn't asked for again.
    const refused = { status: 409, contentType: 'application/problem+json', body: '{"title":"No","status":409}' };
    await page.route('**/invitation', (route) => route.fulfill(refused));
    await page.getByLabel('Name', { exact: true }).fill('Bo Nilsson');
    await page.getByLabel('Phone or e-mail').fill('bo@garden.example');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText('They are a member now.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Go on' }).click();

    await page.getByRole('heading', { name: 'Make the first card' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the card' }).click();
    await page.getByText(/^Put a card on/).waitFor();
    // Withdrawn, no card was made: then another try is what comes next.
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Make the card' }).click();
    await page.getByText(/^Put a card on/).waitFor();
    // An operation that waits is still there when the page is loaded anew.
    await page.reload();
    await page.getByText(/^Put a card on/).waitFor();
    const placed = await keyrack(['sim', '--data', desk, 'place', '04A1B2C3D4E5F6', '--chip', 'ntag-215'], {}).ended;
    expect(placed).toMatchObject({ code: 0 });
    await page.getByText('The card is made').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'The house is set up' }).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'To the key rack' }).click();
    await page.waitForURL((there) => there.pathname === '/desk');
    agent.child.kill('SIGTERM');
    expect((await agent.ended).code).toBe(0);
  });

  test('is not for who has no token, and who heard no answer signs in by the password that they chose', async () => {
    const { page, token, url } = await openEmpty({ language: 'chinese', size: 'phone', theme: 'dark' });
    await page.goto('/set-up#not-the-token');
    await page.getByLabel('您的姓名').fill('林');
    await page.getByLabel('手机号或邮箱').fill('lin@garden.example');
    await page.getByLabel('密码', { exact: true }).fill('correct horse battery');
    await page.getByLabel('再次输入密码').fill('correct horse battery');
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByLabel('名称').fill('花园酒店');
    await page.getByRole('button', { name: '建立酒店' }).click();
    await page.getByRole('alert').getByText('这不是服务器最近一次启动时的链接').waitFor();

    // Somebody's answer is lost: the server is set up, and the page of the link knows nothing of it.
    const made = await fetch(`${url}/v1/set-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token,
        owner: { name: '林', email: 'lin@garden.example', password: 'correct horse battery' },
        property: { name: '花园酒店', timeZone: 'Asia/Shanghai' },
      }),
    });
    expect(made.status).toBe(201);
    await page.goto('/set-up');
    await page.reload();
    await page.getByText('由设置者用当时选择的密码登录').waitFor();
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByLabel('手机号或邮箱').fill('lin@garden.example');
    await page.getByLabel('密码', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '有哪些房间？' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

import { createServer } from 'node:http';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../world/until.ts';
import { SIZES, shows } from './testing/chromium.ts';
import { describeInBrowser } from './testing/describe-in-browser.ts';
import { FAINT_TEXTS } from './testing/faint-texts.ts';

describeInBrowser("the agent's page", (open) => {
  test('says that the server is away, and when it is tried again', async () => {
    const at = await open();
    const { page } = await at.open();
    await shows(page, 'Connected');
    await at.property.server.stop();
    await shows(page, 'Not connected to the server');
    await shows(page, /Trying again in \d+ s\./);
    await shows(page, /^Reason: /);
  });

  test('says what answers in the place of the server, and what to do, in both languages', async () => {
    const at = await open();
    const { page } = await at.open();
    await shows(page, 'Connected');
    await at.property.server.stop();
    const stranger = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html', server: 'Apache' }).end('<p>Welcome</p>'),
    );
    onTestFinished(() => void stranger.close());
    stranger.listen(Number(new URL(at.property.url).port), '127.0.0.1');
    await shows(
      page,
      /^Reason: A web page answers at 127.0.0.1:\d+ instead of Keyrack \(HTTP 200, text\/html, Apache\)\. Check the address;/,
    );
    await page.getByRole('button', { name: '中文' }).click();
    await shows(page, /^原因：该地址返回的是网页，不是 Keyrack，.*（HTTP 200, text\/html, Apache）$/);
  });

  test('says that another desk has an encoder of the same MAC, in both languages', async () => {
    const at = await open();
    const { page } = await at.open();
    await shows(page, 'Connected');
    const lobby = { identity: at.property.hotel.lobby, folder: join(at.property.folders.agent, 'lobby'), pagePort: 0 };
    const encoders = [{ mac: PUBLISHED.encoder, name: 'Lobby', forSignedIn: false }];
    await at.property.openDesk({ ...lobby, encoders });
    at.desk.agent.desk.activity();
    await shows(page, /has an encoder with this MAC too, so nothing is asked for at either/);
    await page.getByRole('button', { name: '中文' }).click();
    await shows(page, /也有相同 MAC 的发卡器，两处均已暂停/);
  });

  test('says that the agent is away, and goes on with the next one', async () => {
    const at = await open();
    const { page } = await at.open();
    await shows(page, 'Connected');
    await at.desk.stop();
    await shows(page, 'The agent on this computer does not answer');
    // The same port, as after an update; the page of the old process can't act any more, and is loaded again.
    await at.property.openDesk({ pagePort: Number(new URL(at.url).port) });
    await shows(page, 'Connected');
    await page.getByRole('button', { name: '中文' }).click();
    await shows(page, '已连接');
  });

  // Six windows take a slow machine a while.
  test('in a fifth window is live there, and the first one can take it back', async () => {
    const at = await open();
    const { page: first } = await at.open();
    await shows(first, 'Connected');
    for (let more = 0; more < 4; more += 1) await shows((await at.open()).page, 'Connected');
    await shows(first, 'This page is open in other windows');
    await first.getByRole('button', { name: 'Use it here' }).click();
    await shows(first, 'Connected');
  });

  test('is in the language of the browser, or in the one that was chosen', async () => {
    const at = await open();
    const { page } = await at.open({ locale: 'zh-CN' });
    await shows(page, '当前无人登录');
    await page.getByLabel('手机号码').fill('10000000002');
    await page.getByLabel('密码').fill('wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await shows(page, '账号不存在或密码错误，请核对后重试。');
    await page.getByRole('button', { name: 'English' }).click();
    await shows(page, 'Nobody is signed in');
    await page.reload();
    await shows(page, 'Nobody is signed in');
  });

  test.each([
    ['desk', 'en-GB'],
    ['desk', 'zh-CN'],
    ['narrow', 'en-GB'],
    ['narrow', 'zh-CN'],
  ] as const)('fits a window that is %s in %s, and every text stands out', async (size, locale) => {
    const at = await open();
    at.desk.cards.remove(PUBLISHED.encoder);
    const { page } = await at.open({ locale, size: SIZES[size] });
    const cancelling = at.property.cancel();
    await page.locator('.seconds').waitFor();
    const { width } = SIZES[size];
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate(OVERFLOWING)).toEqual([]);
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
    await page.getByRole('button', { name: /^(Decline|拒绝)/ }).click();
    await cancelling;
    await until('the list has it', async () => (await page.locator('.operations li').count()) === 1);
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
  });
});

/** Elements whose content is wider than they are. */
const OVERFLOWING = `Array.from(document.querySelectorAll('body *'))
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1 && getComputedStyle(each).display !== 'inline')
  .map((each) => each.outerHTML.slice(0, 100))`;

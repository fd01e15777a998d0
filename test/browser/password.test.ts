import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@keyrack/server/config.ts';
import { startServer } from '@keyrack/server/main.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keyrackFolder } from '../world/keyrack.ts';
import { HAS_CHROMIUM, openBrowser } from './testing/chromium.ts';

/** The page on which a member sets their password, in a browser and by the keyboard alone. */

async function newLink(): Promise<string> {
  const folder = keyrackFolder();
  const server = await startServer(readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, folder), recordingLog().log);
  onTestFinished(() => server.stop());
  const key = readFileSync(join(folder, 'owner-key'), 'utf8').trim();
  const post = async (path: string, json: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify(json);
    return (await (await fetch(`${server.url}${path}`, { method: 'POST', headers, body })).json()) as never;
  };
  await post('/v1/properties', { number: '1001', name: 'Inn', timeZone: 'Asia/Shanghai' });
  const member = { name: 'Ada', role: 'receptionist', email: 'ada@example.com' };
  const { id } = await post('/v1/properties/1001/members', member);
  const { link } = await post(`/v1/properties/1001/members/${id}/password-link`, {});
  return link;
}

const DONE = { en: 'Your password is set', zh: '密码已设置' } as const;

describe.skipIf(!HAS_CHROMIUM)('the page for passwords (needs chromium: apt-get install chromium)', () => {
  test.each([
    { locale: 'en-GB', language: 'en', scripts: true },
    { locale: 'zh-CN', language: 'zh', scripts: true },
    { locale: 'en-GB', language: 'en', scripts: false },
  ] as const)(
    'sets a password by the link, in $language, scripts on: $scripts',
    async ({ locale, language, scripts }) => {
      const link = await newLink();
      const browser = await openBrowser();
      onTestFinished(() => browser.close());
      const context = await browser.newContext({ locale, javaScriptEnabled: scripts });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await page.goto(link);

      const code = page.locator('input[name=token]');
      expect(await code.isVisible()).toBe(!scripts);
      // Without scripts the code of the link is pasted.
      if (!scripts) await code.fill(link);
      await page.locator('input[name=password]').focus();
      await page.keyboard.type('battery staple');
      await page.keyboard.press('Tab');
      await page.keyboard.type('another one');
      await page.keyboard.press('Enter');
      await page.locator('input[name=passwordAgain].wrong').waitFor();
      for (const field of ['password', 'passwordAgain'])
        await page.locator(`input[name=${field}]`).fill('battery staple');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: DONE[language] }).waitFor();
      expect(await page.getByRole('status').count()).toBe(1);
      // Chromium tells of the page that came with 422.
      expect(problems.filter((text) => !text.includes('422'))).toEqual([]);
    },
  );
});

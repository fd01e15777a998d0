import { readConfig } from '@keyrack/server/config.ts';
import { offerSetupPage } from '@keyrack/server/console/setup.ts';
import { startServer } from '@keyrack/server/main.ts';
import { recordingLog } from '@keyrack/server/testing/recording-log.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keyrackFolder } from '../world/keyrack.ts';
import { HAS_CHROMIUM, openBrowser } from './testing/chromium.ts';

/** The page that sets a server up, in a browser and by the keyboard alone. */

const TEXTS = {
  en: { here: 'Where this browser is', done: 'Keyrack is set up' },
  zh: { here: '此浏览器所在时区', done: 'Keyrack 设置完成' },
} as const;

describe.skipIf(!HAS_CHROMIUM)('the set-up page (needs chromium: apt-get install chromium)', () => {
  test.each(['en', 'zh'] as const)(
    'in %s puts the zone of the browser first, and shows the line for a desk',
    async (language) => {
      let token: string | null = null;
      const config = readConfig({ PORT: '0', KEYRACK_METRICS: 'none' }, keyrackFolder());
      const server = await startServer(config, recordingLog().log, {
        async prepare({ app, ...parts }) {
          token = await offerSetupPage(app, parts);
        },
      });
      onTestFinished(() => server.stop());
      const browser = await openBrowser();
      onTestFinished(() => browser.close());
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Kolkata' });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => problems.push(message.text()));
      await page.goto(`${server.url}/setup?lang=${language}#${token}`);

      expect(await page.locator('input[name=token]').isVisible()).toBe(false);
      const zones = page.locator('select[name=timeZone]');
      expect(await zones.inputValue()).toBe('Asia/Kolkata');
      expect(await zones.locator('optgroup').first().getAttribute('label')).toBe(TEXTS[language].here);
      expect(await zones.locator('option:checked').innerText()).toMatch(/^Kolkata · \d\d:\d\d$/);

      await page.locator('input[name=propertyNumber]').focus();
      for (const word of [
        '1316879946',
        'Hotel',
        'Shanghai',
        'Ada',
        'ada@hotel.example',
        'correct horse',
        'wrong again',
      ]) {
        await page.keyboard.type(word);
        await page.keyboard.press('Tab');
      }
      expect(await zones.inputValue()).toBe('Asia/Shanghai');
      const { SCREENSHOTS } = process.env;
      if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/form-${language}.png`, fullPage: true });
      await page.keyboard.press('Enter');
      // What was typed is there again, but for passwords; the token needn't be seen.
      await page.locator('input[name=passwordAgain].wrong').waitFor();
      expect(await page.locator('input[name=token]').isVisible()).toBe(false);
      expect(await zones.inputValue()).toBe('Asia/Shanghai');
      for (const field of ['password', 'passwordAgain'])
        await page.locator(`input[name=${field}]`).fill('correct horse');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: TEXTS[language].done }).waitFor();
      expect(await page.locator('#desk-command').innerText()).toContain(
        `--server ${server.url.replace('http', 'ws')}/agent `,
      );
      if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/done-${language}.png`, fullPage: true });
      // A link to the other language would lead away from what is shown once.
      expect(await page.locator('a').count()).toBe(0);
      // Chromium tells of the page that came with 422.
      expect(problems.filter((text) => !text.includes('422'))).toEqual([]);
    },
  );
});

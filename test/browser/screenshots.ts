import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_PERSON } from '@keyrack/server/demo/people.ts';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import type { Page } from 'playwright-core';
import { makeTemplate } from '../world/template.ts';
import { openBrowser, SIZES, shows } from './testing/chromium.ts';
import { openDeskPage } from './testing/desk-page.ts';

// `npm run screenshots`: makes the pictures of docs/agent-page.md anew. Look at each of them before they are committed.

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
/** A card that isn't the one that is asked for. */
const OTHER = serialOf('04B27F3B926681');
/** A card of type 2, which lies on the encoder for whoever is signed in. */
const OF_TYPE_2 = serialOf('04A16E2A915580');

mkdirSync(FOLDER, { recursive: true });
const template = await makeTemplate();
const browser = await openBrowser();
const written: PromiseWithResolvers<void>[] = [];
const at = await openDeskPage(template, browser, {
  property: { cardWaitSeconds: 60, answerWaitSeconds: 65 },
  desk: { onWrite: async () => written[0]?.promise },
});
try {
  const { page: english } = await at.open();
  const { page: chinese } = await at.open({ locale: 'zh-CN' });
  const { page: narrow } = await at.open({ size: SIZES.narrow });
  const { cards } = at.desk;
  await shows(english, 'Nobody is signed in');
  await take(english, 'signed-out');

  await english.getByLabel('E-mail', { exact: true }).check();
  await english.getByLabel('E-mail address').fill(DEMO_PERSON.email);
  await english.getByLabel('Password').fill(DEMO_PERSON.password);
  await english.getByRole('button', { name: 'Sign in' }).click();
  await shows(english, 'Signed in as Reception');
  await at.property.cancel({
    operateCardType: '2',
    serialNum: OF_TYPE_2,
    issueMac: '',
    creatorAreaCode: '',
    creatorMobile: '',
    creatorEmail: DEMO_PERSON.email,
    creatorPassword: createHash('md5').update(DEMO_PERSON.password).digest('hex'),
  });
  await shows(english, 'Done');

  cards.place(OTHER, { encoder: PUBLISHED.encoder });
  const declined = at.property.cancel();
  await english.locator('.why').waitFor();
  await take(english, 'another-card');
  await english.getByRole('button', { name: /^Decline/ }).click();
  await declined;
  await shows(english, 'Declined at this front desk.');

  cards.remove(PUBLISHED.encoder);
  const asked = at.property.cancel();
  await shows(english, 'Put card 4567 on');
  await take(english, 'asked');
  await take(chinese, 'asked-chinese');
  await take(narrow, 'asked-narrow');

  written.push(Promise.withResolvers());
  cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
  await shows(english, 'Writing…');
  await take(english, 'writing');
  cards.remove(PUBLISHED.encoder);
  written[0]?.resolve();
  await shows(english, 'content unknown');
  await take(english, 'attention');
  cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
  await asked;

  await at.property.server.stop();
  await shows(english, 'Not connected to the server');
  await shows(english, /Trying again in [1-9]/);
  await take(english, 'not-connected');
} finally {
  await at.close();
  await browser.close();
  template.remove();
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `agent-page-${name}.png`) });
}

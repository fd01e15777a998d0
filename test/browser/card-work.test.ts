import { BLANK } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { expect, test } from 'vitest';
import { SUCCESS } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';
import { shows } from './testing/chromium.ts';
import { describeInBrowser } from './testing/describe-in-browser.ts';
import { FAINT_TEXTS } from './testing/faint-texts.ts';

describeInBrowser("work with cards at the agent's page", (open) => {
  test('asks for the card with the time that is left, and lists what became of it', async () => {
    const at = await open();
    at.desk.cards.remove(PUBLISHED.encoder);
    const { page } = await at.open();
    await shows(page, 'None yet.');
    const cancelling = at.property.cancel();
    await shows(page, 'Put card 4567 on Left encoder');
    await shows(page, 'To cancel a card · Room Garden Wing 107');
    await until('the window has it in its title', async () => (await page.title()).startsWith('● Put card 4567'));
    const secondsLeft = async () => Number.parseInt(await page.locator('.seconds').innerText(), 10);
    const first = await secondsLeft();
    await until('the seconds count down', async () => (await secondsLeft()) < first);
    at.desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await cancelling).body).toBe(SUCCESS);
    await shows(page, 'Card 4567 lies here');
    const [item] = await page.locator('.operations li').allInnerTexts();
    expect(item?.split('\n').map((part) => part.trim())).toEqual([
      expect.stringMatching(/^\d\d:\d\d$/),
      'Cancel card 4567',
      'Room Garden Wing 107 · Left encoder',
      'Done',
    ]);
    expect(await page.locator('#announcement').innerText()).toBe('Cancel card 4567: Done');
    expect(await page.title()).toBe('Keyrack front desk');
  });

  test('says to leave the card where it is while it is written', async () => {
    const written = Promise.withResolvers<void>();
    const at = await open({ desk: { onWrite: () => written.promise } });
    const { page } = await at.open();
    const cancelling = at.property.cancel();
    await shows(page, 'Writing… leave the card on the encoder');
    expect(await page.getByRole('button', { name: /^Decline/ }).count()).toBe(0);
    written.resolve();
    expect((await cancelling).body).toBe(SUCCESS);
    await shows(page, 'Done');
    expect(at.desk.contentOf(PUBLISHED.serial)).toBe(BLANK);
  });

  test('says why the card that lies there will not do', async () => {
    const at = await open();
    at.desk.cards.place(serialOf('04B27F3B926681'), { encoder: PUBLISHED.encoder });
    const { page } = await at.open();
    const cancelling = at.property.cancel();
    await page.locator('.why', { hasText: 'Another card lies on the encoder' }).waitFor();
    await shows(page, 'Put card 4567 on Left encoder');
    at.desk.cards.remove(PUBLISHED.encoder);
    await page.locator('.why').waitFor({ state: 'detached' });
    at.desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect((await cancelling).body).toBe(SUCCESS);
  });

  test('is declined by the keyboard, which the caller hears at once', async () => {
    const at = await open();
    at.desk.cards.remove(PUBLISHED.encoder);
    const { page } = await at.open();
    const cancelling = at.property.cancel();
    await page.getByRole('button', { name: 'Decline: To cancel a card, Left encoder' }).press('Enter');
    expect(JSON.parse((await cancelling).body)).toMatchObject({
      info: expect.stringMatching(/./),
      message: expect.stringContaining('declined'),
    });
    await shows(page, 'Declined at this front desk.');
    await page.locator('.encoder:focus', { hasText: 'Left encoder' }).waitFor();
    expect(at.desk.use).toEqual({ connects: 0, writes: 0 });
  });

  // A command is overdue after ten seconds of the real clock.
  test('can not be done at an encoder that hangs, which says so until it answers again', async () => {
    const written = Promise.withResolvers<void>();
    const at = await open({ desk: { onWrite: () => written.promise } });
    const { page } = await at.open({ locale: 'zh-CN' });
    const cancelling = at.property.cancel();
    await page.locator('.encoder .broken', { hasText: '无响应。请拔下后重新插入。' }).waitFor();
    await shows(page, '有发卡器无响应，请拔下后重新插入。');
    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
    written.resolve();
    await page.locator('.encoder .broken').waitFor({ state: 'detached' });
    await cancelling;
  });

  test('that a card left in the middle of needs attention, until the card is read', async () => {
    const at = await open();
    const { page } = await at.open();
    await shows(page, 'Nothing. All cards are accounted for.');
    at.desk.cards.tear(PUBLISHED.serial, 1, 'first-half');
    const cancelling = at.property.cancel();
    await shows(page, 'Card 4567: content unknown');
    await shows(page, 'Read the card to learn what it holds.');
    at.desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    await shows(page, 'Nothing. All cards are accounted for.');
    await shows(page, 'Settled since: there is nothing left to do.');
    await cancelling;
  });
});

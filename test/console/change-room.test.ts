import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { issueByEnter, openRoom } from './testing/room-at-desk.ts';

describeConsole('a guest who changes rooms', (open) => {
  test('gets cards for the other room by keyboard alone, and the page leads back to the old ones', async () => {
    const house = await open();
    const { page, sees, put } = await openRoom(house, 'Garden Wing 107', { role: 'administrator' });
    await sees('Ada Example');
    await page.getByRole('button', { name: 'Change room' }).press('Enter');
    await sees('To which room?');
    await page.keyboard.type('102');
    await page.keyboard.press('Enter');
    await sees('Go on with Garden Wing 102');
    await page.keyboard.press('Enter');
    await sees('The guest of Garden Wing 107 moves here');
    // Pressed before the new card's record is there, F6 waits for it.
    const held = Promise.withResolvers<void>();
    const cards = /\/rooms\/[^/]+\/cards$/;
    await page.route(cards, async (route) => {
      await held.promise;
      await route.continue();
    });
    await issueByEnter(page);
    await page.getByRole('button', { name: 'Lay a blank card down' }).press('Enter');
    await sees('One card opens Garden Wing 102');
    await sees('One card still opens Garden Wing 107. Take it back.');
    await page.keyboard.press('F6');
    held.resolve();
    await sees('Put a card on Left encoder');
    await put('04AA0000000002');
    await sees('One more card opens Garden Wing 102');
    // A button that has just appeared takes no press.
    const back = page.getByRole('button', { name: 'Check Garden Wing 107 out' });
    await expect
      .poll(async () => {
        if (await back.isVisible()) await page.keyboard.press('Enter');
        return page.url();
      })
      .toContain('view=check-out');
    await sees('Take back 1 card on Left encoder');
    expect(await page.getByRole('heading', { level: 2, name: /Garden Wing 107/ }).count()).toBe(1);
  });
});

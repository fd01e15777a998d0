import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { inOwnProcess } from './testing/killed-server.ts';
import { issueByEnter, openRoom } from './testing/room-at-desk.ts';

/** What the desk says while nobody answers, and that everything is true again afterwards without being loaded anew. */

const [ONE, TWO, THREE] = ['04AA0000000001', '04AA0000000002', '04AA0000000003'] as const;

/** Presses Enter there until the page says that. Where it is gone by then, nothing else is pressed. */
async function pressUntil(there: Locator, said: Locator): Promise<void> {
  const vain = () => undefined;
  await expect
    .poll(async () => {
      await Promise.race([there.press('Enter').catch(vain), said.waitFor().catch(vain)]);
      return said.isVisible();
    })
    .toBe(true);
}

describeConsole('a lost connection', (open) => {
  test('issues nothing later that was asked for in vain; a write that a killed server never heard of is told when it is back', async () => {
    let holdsBack = false;
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const house = await open({ desk: { onWrite: () => (holdsBack ? released : undefined) } });
    const { page, window, sees, put, take, cards, roomId } = await openRoom(house, 'Garden Wing 101');
    const issues = async () => (await house.v1.operations.list({ property: house.number, kind: 'issue' })).data;
    const isLive = () => page.getByText('Live', { exact: true }).waitFor();
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Kim');
    await page.getByLabel('Number of cards', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Issue 3 cards on Left encoder' }).waitFor();

    await window.context.setOffline(true);
    await issueByEnter(page);
    await sees('The server can’t be reached.');
    await window.context.setOffline(false);
    await page.getByText('The server can’t be reached.').waitFor({ state: 'hidden' });
    await isLive();
    expect(await issues()).toEqual([]);

    await inOwnProcess(house, async (server) => {
      await isLive();
      // "Live" may still be said of the server of before: then it asks in vain, and somebody presses again.
      await pressUntil(page.getByLabel('Holder'), page.getByText('Put card 1 of 3 on Left encoder'));
      await put(ONE);
      await sees('Put card 2 of 3 on Left encoder');
      holdsBack = true;
      await put(TWO);
      await sees('Writing. Leave the card there');
      await server.kill();
      await sees(/^No connection to the server since/);
      await sees('What happens at Left encoder isn’t known now');
      expect(await page.getByText('Writing. Leave the card there').count()).toBe(0);
      expect(await page.locator(`[data-stale="true"] a[data-room="${roomId}"]`).count()).toBe(1);
      // Of its end nobody hears but the front desk.
      holdsBack = false;
      release();
    });
    await page.locator('[data-stale="true"]').waitFor({ state: 'detached' });
    await sees('2 of 3 cards are made');
    await page.locator(`a[data-room="${roomId}"][aria-label*="2 cards"]`).waitFor();
    // The second is handed out, or it would lie there as the third.
    await take();
    const others = page.getByRole('button', { name: 'Make the other card' });
    await others.waitFor();
    // A button that has just appeared takes no press.
    await pressUntil(others, page.getByText('Put a card on Left encoder'));
    await put(THREE);
    await sees(/open Garden Wing 101|opens Garden Wing 101/);
    expect((await cards()).current.map(({ serial, holder }) => [serial, holder]).sort()).toEqual([
      [ONE, 'Kim'],
      [TWO, 'Kim'],
      [THREE, 'Kim'],
    ]);
    expect(await issues()).toHaveLength(3);
  });
});

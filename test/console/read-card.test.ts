import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { issueByEnter, openRoom } from './testing/room-at-desk.ts';

/** A card that somebody brings: whose it is, what it opens, and what is done about it, by keyboard alone. */

const ADAS = '4567';
const NEW = '04AA0000000009';

describeConsole('a card that is brought to the desk', (open) => {
  test('is read, reported lost, read again as lost, and cancelled there', async () => {
    const house = await open();
    const { page, sees, put, take, cards } = await openRoom(house, 'Garden Wing 107');
    await sees('Choose whose card it is.');
    await page.keyboard.press('F3');
    await page.getByRole('heading', { name: 'Read a card' }).waitFor();
    await page.getByText('Put a card on Left encoder').waitFor();
    await put(ADAS);
    await page.getByRole('heading', { name: /^Opens Garden Wing 107 until/ }).waitFor();
    await page.getByRole('cell', { name: 'Ada Example' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await take();

    // The main action has the focus: it opens the room.
    await page.getByRole('button', { name: /^Open room Garden Wing 107/ }).click({ delay: 10 });
    await page.getByRole('button', { name: 'Report lost' }).click();
    await page.getByText(/All earlier cards of Garden Wing 107 end at the first use of a new one/).waitFor();
    expect(await page.getByLabel('Holder').inputValue()).toBe('Ada Example');
    await issueByEnter(page);
    await page.getByText('Put a card on Left encoder').waitFor();
    await put(NEW);
    await page.getByText('One new card opens Garden Wing 107').waitFor();
    const { current, outOfUse } = await cards();
    expect(current.map(({ serial, lossReport }) => [serial, lossReport])).toEqual([[NEW, true]]);
    expect(outOfUse.map(({ serial, status }) => [serial, status])).toEqual([[ADAS, 'lost']]);
    await take();

    await page.keyboard.press('Escape');
    await page.keyboard.press('F3');
    await page.getByText('Put a card on Left encoder').waitFor();
    await put(ADAS);
    await page.getByRole('heading', { name: 'This card was reported lost' }).waitFor();
    await page.keyboard.press('F4');
    await page.getByText('The card is blank now').waitFor();
    expect((await cards()).outOfUse).toEqual([]);
  });

  test('is blank, or was pulled away while it was written: the page says what to do, and cancels what is damaged', async () => {
    const house = await open();
    const { page, sees, put, tear, cards } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.keyboard.press('F3');
    await page.getByText('Put a card on Left encoder').waitFor();
    await put(NEW);
    await page.getByRole('heading', { name: 'This card is blank' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await tear(NEW);
    await page.getByLabel('Holder').fill('Mo');
    await issueByEnter(page);
    await sees('Not known yet');
    await page.keyboard.press('F3');
    await sees('Put a card on Left encoder');
    await put(NEW);
    await sees('No card was read');
    await sees('The card that lies there is damaged.');
    await page.getByRole('button', { name: /^Cancel card …0009/ }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('F4');
    await sees('The card is blank now');
    const { current, pending } = await cards();
    expect([...current, ...pending]).toEqual([]);
  });
});

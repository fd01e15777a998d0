import { expect, test } from 'vitest';
import { arrowTo, expectFocus, focused, tabTo } from './testing/by-keyboard.ts';
import { describeConsole } from './testing/describe-console.ts';
import { openRoom } from './testing/room-at-desk.ts';

/** A day at the desk without a mouse: the focus is always somewhere, seen, and Esc goes back to where one was. */

const [ONE, TWO, THREE, FOUR] = ['04AA0000000001', '04AA0000000002', '04AA0000000003', '04AA0000000004'] as const;

describeConsole('the desk by keyboard alone', (open) => {
  test('a guest comes, needs one more card, stays longer, moves and leaves; a card is lost, another read and cancelled', async () => {
    const house = await open();
    const { page, sees, put, take, cards, roomId } = await openRoom(house, 'Garden Wing 101', {
      role: 'administrator',
    });
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    /** Enter on the main button of a step, which takes no press that was meant for what stood there before. */
    const goOn = async (name: RegExp) => {
      await expectFocus(page, name);
      const isStillThere = async () => {
        await press('Enter');
        return name.test(await focused(page));
      };
      await expect.poll(isStillThere).toBe(false);
    };

    await sees('The room is free');
    await page.locator(`a[data-room="${roomId}"]`).waitFor();
    await press('Escape');
    await page.waitForURL('**/desk');
    await expectFocus(page, /^101/);
    await press('F5');
    await sees('Holder');
    await expectFocus(page, /^Holder/);
    await page.keyboard.type('Ada Q');
    await tabTo(page, /^Phone and gender/);
    await press('Enter');
    await tabTo(page, /^Country code/);
    await page.keyboard.type('86');
    await tabTo(page, /^Phone/);
    await page.keyboard.type('13800000001');
    await tabTo(page, /^Number of cards/);
    await press('ArrowUp');
    await tabTo(page, /^Door stays open/);
    await press('Space');
    await tabTo(page, /^Issue 2 cards on Left encoder/);
    // It is pressed once it has said what it will do.
    await page.locator('button[type=submit]:focus[aria-disabled=false]').waitFor();
    await press('Enter');
    await put(ONE);
    await sees('Put card 2 of 2 on Left encoder');
    await put(TWO);
    await sees('2 cards open Garden Wing 101');
    await expectFocus(page, /^Next room/);

    await press('F6');
    await sees('Put a card on Left encoder');
    await press('Escape');
    await sees('Withdrawn');
    await take();
    await goOn(/^Back to the room/);
    await sees('Choose whose card it is.');

    // What the cards did they go on doing.
    await press('F8');
    await expectFocus(page, /^Nights/);
    expect(await page.getByRole('switch', { name: /Door stays open/ }).isChecked()).toBe(true);
    await page.locator('button[type=submit][aria-disabled=false]').waitFor();
    await press('Enter');
    await sees('Still to come: …0001, …0002');
    await put(TWO);
    await sees('Put card 2 of 2 on Left encoder');
    await put(ONE);
    await sees('2 cards are extended');
    // The cards that were written anew are no old ones.
    expect(await page.getByText(/old cards? stops? at/).count()).toBe(0);
    await press('Escape');
    await expectFocus(page, /^Extend/);
    const { current } = await cards();
    const guest = { holder: 'Ada Q', areaCode: '86', mobile: '13800000001', normallyOpen: true };
    expect(current).toMatchObject([guest, guest]);

    // Esc closes the list alone, and the next one the view.
    await tabTo(page, /^Change room/);
    await press('Enter');
    await expectFocus(page, /^To which room/);
    await page.keyboard.type('Garden Wing 102');
    await page.getByRole('option', { name: 'Garden Wing 102' }).waitFor();
    await press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'hidden' });
    await expectFocus(page, /^To which room/);
    await press('Control+A');
    await page.keyboard.type('Garden Wing 102');
    await page.getByRole('option', { name: 'Garden Wing 102' }).waitFor();
    await press('ArrowDown', 'Enter');
    await sees('Go on with Garden Wing 102');
    await press('Enter');
    await sees('The guest of Garden Wing 101 moves here');
    await expectFocus(page, /^Holder/);
    await take();
    await press('Enter');
    await put(THREE);
    await sees('Put card 2 of 2 on Left encoder');
    await put(FOUR);
    await sees('2 cards open Garden Wing 102');
    const moved = await house.v1.cards.get({ property: house.number, card: THREE });
    // The lock of 102 can't stay open.
    expect(moved.record).toMatchObject({ ...guest, normallyOpen: false, validUntil: current[0]?.validUntil });
    await goOn(/^Check Garden Wing 101 out/);
    await expectFocus(page, /^Take back 2 cards/);
    await press('Escape');
    await expectFocus(page, /^Check out/);
    await press('Escape');
    await page.waitForURL('**/desk');
    await expectFocus(page, /^101/);
    await press('ArrowRight');

    // The focus is on 102: its key asks for no room.
    await expectFocus(page, /^102/);
    await take();
    await press('F7');
    await expectFocus(page, /^Take back 2 cards/);
    await press('Escape');
    await expectFocus(page, /^Check out/);
    await press('F7');
    await expectFocus(page, /^Take back 2 cards/);
    await press('Enter');
    await sees('Put a returned card of Garden Wing 102');
    await put(FOUR);
    await sees('One card is still out.');
    await put(THREE);
    await sees('All cards of Garden Wing 102 are back');
    await goOn(/^Next room/);
    await take();

    // One card of 101 is gone for good.
    await page.keyboard.type('Garden Wing 101');
    await page
      .getByRole('option', { name: /Garden Wing 101/ })
      .first()
      .waitFor();
    await press('Enter');
    await page.waitForURL(`**/desk/rooms/${roomId}`);
    await tabTo(page, /^More for card …0001/);
    await press('Enter');
    await arrowTo(page, /^Take off the books/);
    await press('Enter');
    await sees('Take card …0001 off the books?');
    await expectFocus(page, /^Leave it/);
    await press('Escape');
    await page.getByText('off the books?').waitFor({ state: 'detached' });
    expect((await cards()).current).toHaveLength(2);
    await tabTo(page, /^More for card …0001/);
    await press('Enter');
    await arrowTo(page, /^Take off the books/);
    await press('Enter');
    await expectFocus(page, /^Leave it/);
    await press('Shift+Tab', 'Enter');
    await page.locator('li[data-look="lost"]').waitFor();

    // The other one is read, and cancelled there; Esc goes back to the room.
    await press('F3');
    await sees('Put a card on Left encoder');
    await put(TWO);
    await page.getByRole('heading', { name: /^Opens Garden Wing 101 until/ }).waitFor();
    await press('F4');
    await sees('The card is blank now');
    expect((await cards()).current).toEqual([]);
    await press('Escape');
    await page.waitForURL(`**/desk/rooms/${roomId}*`);

    // The encoder of this browser, over a page that is loaded again.
    await tabTo(page, /^Change$/);
    await press('Enter');
    await arrowTo(page, /^Right encoder/);
    await press('Enter');
    await page.getByRole('region', { name: 'Encoder of this browser' }).getByText('Right encoder').waitFor();
    const kept = await page.evaluate(
      'Object.keys(localStorage).filter((key) => key.startsWith("keyrack-encoder-")).length',
    );
    expect(kept).toBe(1);
    await press('F9');
    await page.waitForURL('**/sign-in**');
  });
});

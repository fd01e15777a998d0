import { daysLater } from '@keyrack/console/time/zoned.ts';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { issueByEnter, openRoom } from './testing/room-at-desk.ts';

/** What reception does with the cards of a room, from the first key to what the server has in the end. */

const [ONE, TWO, THREE] = ['04AA0000000001', '04AA0000000002', '04AA0000000003'] as const;

describeConsole('a room at the desk', (open) => {
  test('a new guest comes in over the old one, by keyboard alone, and a held Enter issues once', async () => {
    const house = await open();
    const { page, sees, put, cards } = await openRoom(house, 'Garden Wing 107');
    await sees('Choose whose card it is.');
    await page.keyboard.press('F5');
    await sees('Stops 1 card that opens Garden Wing 107 now.');
    await page.locator('li[data-look="stops"]').getByText('Ada Example').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('Hanna Lindqvist');
    await page.keyboard.down('Enter');
    for (let held = 0; held < 5; held += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await sees('Put a card on Left encoder');
    await put(ONE);
    await sees('One card opens Garden Wing 107');
    const { current, outOfUse } = await cards();
    expect(current.map(({ holder, serial }) => [holder, serial])).toEqual([['Hanna Lindqvist', ONE]]);
    expect(outOfUse.map(({ holder }) => holder)).toEqual(['Ada Example']);
    const { data } = await house.v1.operations.list({ property: house.number, kind: 'issue' });
    expect(data).toHaveLength(1);
  });

  test('of three copies the second is pulled away; a page that is loaded again takes it up', async () => {
    const house = await open();
    const { page, sees, put, tear, cards } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Mei');
    await page.getByLabel('Number of cards', { exact: true }).fill('3');
    await issueByEnter(page);
    await sees('Put card 1 of 3 on Left encoder');
    await put(ONE);
    await sees('Put card 2 of 3 on Left encoder');
    await tear(TWO);
    await put(TWO);
    await sees('Card 2: not known yet');
    await page.reload();
    await sees('Card 2: not known yet');
    const states = await page.getByRole('list', { name: 'Cards', exact: true }).locator('li').allInnerTexts();
    expect(states.map((text) => text.split('\n')[1]?.split(' ')[0])).toEqual(['done', 'unknown', 'not']);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use another card' }).click();
    await page.getByRole('radio', { name: /Same guest/ }).click();
    await sees('The card that is out goes on.');
    await page.getByRole('button', { name: /Issue 3 cards/ }).waitFor({ state: 'hidden' });
    await page.keyboard.press('F6');
    await page.getByRole('button', { name: /Issue 1 card on Left encoder/ }).click();
    await sees('Put a card on Left encoder');
    await put(THREE);
    await sees(/open Garden Wing 101|opens Garden Wing 101/);
    expect((await cards()).current.map(({ serial }) => serial).sort()).toEqual([ONE, THREE]);
  });

  test('a stay is extended: each card comes to the encoder, and one that doesn’t keeps its end', async () => {
    const house = await open();
    const { page, sees, put, take, cards } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Noor');
    await page.getByLabel('Number of cards', { exact: true }).fill('2');
    await issueByEnter(page);
    await put(ONE);
    await sees('Put card 2 of 2 on Left encoder');
    await put(TWO);
    await sees('2 cards open Garden Wing 101');
    const before = (await cards()).current[0]?.validUntil ?? '';
    await page.keyboard.press('Escape');
    await page.keyboard.press('F8');
    await sees('Extend the stay');
    await take();
    await page.getByRole('button', { name: /Write 2 cards on Left encoder/ }).click();
    await sees('Still to come: …0001, …0002');
    await put(ONE);
    await sees('Put card 2 of 2 on Left encoder');
    await page.keyboard.press('Escape');
    await sees('One card was made and stays good.');
    const ends = new Map((await cards()).current.map(({ serial, validUntil }) => [serial, validUntil]));
    expect(ends.get(TWO)).toBe(before);
    expect(Date.parse(ends.get(ONE) ?? '')).toBe(Date.parse(before) + 86_400_000);
  });

  test('cards come back in any order, and one that doesn’t is named with until when it may open', async () => {
    const house = await open();
    const { page, sees, put, take, cards } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Cai');
    await page.getByLabel('Number of cards', { exact: true }).fill('2');
    await issueByEnter(page);
    await put(ONE);
    await sees('Put card 2 of 2 on Left encoder');
    await put(TWO);
    await sees('2 cards open Garden Wing 101');
    await take();
    await page.keyboard.press('F7');
    await page.getByRole('button', { name: /Take back 2 cards/ }).click();
    await sees('Put a returned card of Garden Wing 101 on Left encoder');
    const [first] = (await cards()).current;
    const other = first?.serial === ONE ? TWO : ONE;
    await put(other);
    await sees('One card is still out.');
    await page.getByRole('button', { name: /Withdraw/ }).click();
    await page.getByRole('button', { name: 'Finish' }).click();
    await sees('One card didn’t come back');
    await sees(/may open until/);
    expect((await cards()).current.map(({ serial }) => serial)).toEqual([first?.serial]);
  });

  test('a card that the page hears of late counts in every form that is about all of them', async () => {
    const house = await open();
    const { v1, number: property } = house;
    const { page, roomId, put, cards } = await openRoom(house, 'Garden Wing 107');
    const [out] = (await cards()).current;
    const forms = [
      { page, way: 'view=check-out', words: 'Take back' },
      { page: (await house.openAs('receptionist')).page, way: 'view=extend', words: 'Write' },
      { page: (await house.openAs('receptionist')).page, way: `view=lost&record=${out?.id}`, words: 'Replace by' },
    ];
    const [encoder] = await v1.encoders.list({ property }).toArray();
    const offer = (count: string) =>
      Promise.all(
        forms.map((form) =>
          form.page.getByRole('button', { name: `${form.words} ${count} on Left encoder` }).waitFor(),
        ),
      );
    for (const form of forms.slice(1)) {
      const kept = `keyrack-encoder-${house.property.hotel.property.id}`;
      await form.page.evaluate(([name = '', id = '']) => localStorage.setItem(name, id), [kept, String(encoder?.id)]);
    }
    for (const form of forms) await form.page.goto(`/desk/rooms/${roomId}?${form.way}`);
    await offer('1 card');
    await v1.operations.create({
      property,
      kind: 'issue',
      encoder: encoder?.id ?? 0,
      room: roomId,
      mode: 'duplicate',
      copies: 1,
      validUntil: out?.validUntil ?? '',
    });
    await put(ONE);
    // That this one stops, too, is agreed to first.
    await forms[2]?.page.getByRole('button', { name: 'Take note' }).click();
    await offer('2 cards');
  });

  test('what others change under one’s hands is taken note of first', async () => {
    const house = await open();
    const { page, sees, put, cards } = await openRoom(house, 'Garden Wing 107');
    const { page: other, sees: otherSees } = await openRoom(house, 'Garden Wing 107', { role: 'administrator' });
    await sees('Choose whose card it is.');
    await page.keyboard.press('F5');
    await sees('Stops 1 card that opens Garden Wing 107 now.');
    await page.keyboard.type('Second');
    await otherSees('Choose whose card it is.');
    await other.keyboard.press('F6');
    await other.getByRole('button', { name: /Issue 1 card on Left encoder/ }).click();
    await otherSees('Put a card on Left encoder');
    await sees('Ada Admin makes a card for Garden Wing 107 at Left encoder now.');
    await put(ONE);
    await otherSees('One more card opens Garden Wing 107');
    await sees('The cards of Garden Wing 107 have just changed.');
    await sees('Stops 2 cards that open Garden Wing 107 now.');
    await issueByEnter(page);
    await page.getByText('have just changed').waitFor({ state: 'hidden' });
    const { data } = await house.v1.operations.list({ property: house.number, kind: 'issue' });
    expect(data).toHaveLength(1);
    // A doubled Enter was meant for the first.
    await expect
      .poll(async () => {
        await page.keyboard.press('Enter');
        return page.getByText('Put a card on Left encoder').isVisible();
      })
      .toBe(true);
    await put(TWO);
    await sees('One card opens Garden Wing 107');
    expect((await cards()).current.map(({ holder }) => holder)).toEqual(['Second']);
  });

  test('a card that is sold ahead changes nothing until then, and who comes before hears when theirs stops', async () => {
    const house = await open();
    const { page, sees, put, take, cards, roomId } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Later');
    await page.getByRole('switch', { name: /Begins later/ }).press('Space');
    // From the next afternoon on, and for one night from then.
    const [begin, end] = [page.getByLabel('Begins on'), page.getByLabel('Valid until')];
    const day = daysLater(await begin.inputValue(), 2);
    await begin.fill(day);
    expect(await end.inputValue()).toBe(daysLater(day, 1));
    await end.fill(daysLater(day, -1));
    await sees('It would end before it begins.');
    await end.fill(daysLater(day, 2));
    expect(await page.getByRole('spinbutton', { name: 'Nights' }).inputValue()).toBe('2');
    // Who is faster than the server is heard all the same.
    const answering = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route('**/operations/preview', async (route) => {
      asked.resolve();
      await answering.promise;
      await route.continue();
    });
    await end.fill(daysLater(day, 3));
    await asked.promise;
    await issueByEnter(page);
    answering.resolve();
    await sees('Put a card on Left encoder');
    await page.unroute('**/operations/preview');
    await put(ONE);
    await sees(/^From .* until/);
    const { current, upcoming } = await cards();
    expect(current).toEqual([]);
    const [from, until] = [day, daysLater(day, 3)].map((each, at) => `${each}T${at === 0 ? '07' : '04'}:00:00.000Z`);
    expect(upcoming).toMatchObject([{ holder: 'Later', validFrom: from, validUntil: until }]);
    await page.locator(`a[data-room="${roomId}"][data-state="vacant"][aria-label*="1 card begins later"]`).waitFor();
    await take();

    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Comes later' }).getByText('Later', { exact: true }).waitFor();
    await page.getByLabel('Holder').fill('Before');
    await page.getByLabel('Valid until').fill(daysLater(day, 1));
    await sees(/^Another stay begins on .*This card stops then/);
    await issueByEnter(page);
    await sees('Put a card on Left encoder');
    await put(TWO);
    await sees('One card opens Garden Wing 101');
    expect((await cards()).current.map(({ holder }) => holder)).toEqual(['Before']);
  });

  test('the server restarts in the middle: the page says since when it knows nothing, and then how it ended', async () => {
    const house = await open();
    const { page, sees, put, cards } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Kim');
    await issueByEnter(page);
    await sees('Put a card on Left encoder');
    await house.property.restart(() => sees(/^No connection to the server since/));
    await page.getByText('Live', { exact: true }).waitFor();
    // What was asked for before goes on: nothing of it is forgotten.
    await sees('Put a card on Left encoder');
    await put(ONE);
    await sees('One card opens Garden Wing 101');
    expect((await cards()).current.map(({ holder }) => holder)).toEqual(['Kim']);
    const { data } = await house.v1.operations.list({ property: house.number, kind: 'issue' });
    expect(data).toHaveLength(1);
  });

  test('the permission goes and comes while the panel is open', async () => {
    const house = await open();
    const { page, sees } = await openRoom(house, 'Garden Wing 101');
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Eli');
    const { id: member } = house.people.receptionist.member;
    await house.v1.members.change({ property: house.number, member, issuingPermission: false });
    await sees('You may look, not issue');
    await sees('An administrator can turn it on');
    await page.getByLabel('Holder').waitFor({ state: 'detached' });
    expect(await findBarriers(page)).toEqual([]);
    await house.v1.members.change({ property: house.number, member, issuingPermission: true });
    await page.getByLabel('Holder').waitFor();
  });

  test('on a telephone, in Chinese and in the dark, a card is made and nobody is shut out', async () => {
    const house = await open();
    const how = { size: 'phone', language: 'chinese', theme: 'dark' } as const;
    const { page, sees, put } = await openRoom(house, 'Garden Wing 101', how);
    await sees('房间空闲');
    await page.getByLabel('持卡人').fill('王小明');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: /发 1 张卡/ }).click();
    await sees('请将卡放到Left encoder上');
    expect(await findBarriers(page)).toEqual([]);
    await put(ONE);
    await sees('1 张卡可开 Garden Wing 101');
    expect(await findBarriers(page)).toEqual([]);
  });

  test('hostile names change nothing but themselves', async () => {
    const house = await open();
    const { page, sees, put, cards } = await openRoom(house, 'Garden Wing 101');
    const name = '<img src=x onerror=alert(1)> {0} علي 👩‍🍳';
    await sees('The room is free');
    // A mark that turns the reading about is no part of a name: the field says so, and nothing was asked for.
    await page.getByLabel('Holder').fill('\u202Eevil');
    await issueByEnter(page);
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await page.getByLabel('Holder').fill(name);
    await issueByEnter(page);
    await sees('Put a card on Left encoder');
    await put(ONE);
    await sees('One card opens Garden Wing 101');
    await page.keyboard.press('Escape');
    expect(await page.locator('main img, aside img').count()).toBe(0);
    expect(await page.locator('li[data-look="out"] bdi').innerText()).toBe((await cards()).current[0]?.holder);
  });
});

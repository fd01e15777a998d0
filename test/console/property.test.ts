import type { Serial } from '@keyrack/protocol';
import { newCardRecord } from '@keyrack/server/domain/places.ts';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';

const MARKUP = '<img src=x onerror="document.title=\'owned\'"> & "q" שלום';
const HOUR = 3_600_000;

describeConsole('a property', (open) => {
  test('gets its name, zone and number, keeps and forgets guests as it is told, and is joined by another', async () => {
    const house = await open({ desk: false });
    const { number, v1, property } = house;
    const [room] = (await v1.rooms.list({ property: number, limit: 1 })).data;
    const now = Date.now();
    await property.put({
      table: 'cardRecords',
      row: newCardRecord({
        ...{ propertyId: property.hotel.property.id, id: 'guest-1', roomId: room?.id ?? '', serial: '04AA' as Serial },
        ...{ owner: 'Amara Okafor', ownerAreaCode: '86', ownerMobile: '13800000001', holder: 'kept', sequence: 1 },
        ...{ validFrom: now - 30 * HOUR, validUntil: now + HOUR, issuedAt: now - 30 * HOUR },
      }),
    });
    const { page } = await house.openAs('owner', '/property');
    const field = (name: string) => page.getByLabel(name, { exact: true });
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
    const panel = (title: string) =>
      page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
    const settings = panel('Settings');

    await field('Number').fill('10 01');
    await page.getByText('tell them of a new one').waitFor();
    await press('Save');
    await settings.getByText('It is 1 to 20 letters and digits.').waitFor();
    await field('Number').fill(number);
    await field('Name').fill(`${MARKUP}\u200b`);
    await press('Save');
    await settings.getByText('It has a character that can not be seen').waitFor();
    await field('Name').fill(MARKUP);
    // The zone is chosen by the name of a place, as people know it.
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.click();
    await zone.fill('tokyo');
    await page.getByRole('option', { name: /Tokyo/ }).click();
    await page.getByText('Cards that are out keep their time.').waitFor();
    await press('Save');
    await settings.getByText('Saved.').waitFor();
    expect(await v1.properties.get({ property: number })).toMatchObject({ name: MARKUP, timeZone: 'Asia/Tokyo' });
    const navigation = page.getByRole('navigation', { name: 'Places' });
    await navigation.getByText('Tokyo').waitFor();
    await navigation.getByText(MARKUP).waitFor();
    expect(await page.title()).not.toContain('owned');

    await page.getByLabel('Keep it until somebody deletes it').uncheck();
    await field('Days after the stay').fill('0');
    await page.getByText('A whole number from 1 to 3,650.').waitFor();
    await field('Days after the stay').fill('30');
    await page.getByText('What is older is deleted within the hour').waitFor();
    await press('Save');
    await panel('Data of guests').getByText('Saved.').waitFor();
    expect(await v1.call('getGuestDataRule', { property: number })).toMatchObject({ keptDays: 30 });

    const phone = field('Phone of the guest, with its country code');
    await phone.fill('138 0000 0001');
    await press('Delete the data');
    await page.getByText('Write the phone with its country code').waitFor();
    await phone.fill('+86 138 0000 0001');
    await press('Delete the data');
    await page.getByText('The name and phone of').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await press('Delete it for good');
    await page.getByText('Deleted from one record.').waitFor();
    expect(await phone.inputValue()).toBe('');
    expect(property.rows('cardRecords').find(({ id }) => id === 'guest-1')).toMatchObject({ owner: null });

    await press('Add a property');
    const another = panel('Another property');
    await another.getByLabel('Name', { exact: true }).fill('Lake House');
    await another.getByLabel('Number', { exact: true }).fill(number);
    await another.getByRole('button', { name: 'Add the property' }).click();
    await another.getByText('Another property has this number.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await another.getByLabel('Number', { exact: true }).fill('2002');
    await another.getByRole('button', { name: 'Add the property' }).click();
    await page.waitForURL('**/set-up');
    expect(await v1.properties.get({ property: '2002' })).toMatchObject({ name: 'Lake House' });
    // Its own administrator has no button for another one.
    const { page: theirs } = await house.openAs('administrator', '/property', { language: 'chinese', size: 'phone' });
    await theirs.getByRole('button', { name: '删除数据' }).waitFor();
    expect(await theirs.getByRole('button', { name: '添加酒店' }).count()).toBe(0);
  });
});

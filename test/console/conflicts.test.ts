import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ROLES } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';
import type { ConsoleHouse } from './testing/open-console.ts';

/**
 * Two people change the same thing: the second hears of it, keeps what they typed, and saves it all the same or leaves it. Accounts are
 * in developers.test.ts, rooms in house.test.ts.
 */

interface Form {
  readonly path: string;
  /** Opens the form and returns its field for the name, or what people know it by. */
  open(page: Page): Promise<ReturnType<Page['getByLabel']>>;
  /** What somebody else writes there, and how it is read back. */
  theirs(house: ConsoleHouse, value: string): Promise<unknown>;
  now(house: ConsoleHouse): Promise<unknown>;
  /** What stands for the nth value. */
  readonly value?: (n: number) => string;
}

const webhook = async ({ v1, number }: ConsoleHouse) => (await v1.webhooks.list({ property: number })).data[0];
const building = async ({ v1, number }: ConsoleHouse) => (await v1.buildings.list({ property: number })).data[0];
const encoder = async ({ v1, number }: ConsoleHouse) => (await v1.encoders.list({ property: number })).data[0];
const press = async (page: Page, ...names: readonly (string | RegExp)[]) => {
  for (const name of names) await page.getByRole('button', { name }).first().click();
};

const FORMS: Readonly<Record<string, Form>> = {
  property: {
    path: '/property',
    open: async (page) => page.getByLabel('Name', { exact: true }),
    theirs: ({ v1, number: property }, name) => v1.call('changeProperty', { property, name }),
    now: async ({ v1, number: property }) => (await v1.call('getProperty', { property })).name,
  },
  member: {
    path: '/members',
    async open(page) {
      await press(page, new RegExp(`${ROLES.receptionist.name}|of member`), /^Change name, phone/);
      return page.getByLabel('Name', { exact: true });
    },
    theirs: ({ v1, number: property, people }, name) =>
      v1.members.change({ property, member: people.receptionist.member.id, name }),
    now: async ({ v1, number: property, people }) =>
      (await v1.members.get({ property, member: people.receptionist.member.id })).name,
  },
  webhook: {
    path: '/developers/webhooks',
    async open(page) {
      await press(page, 'Change');
      return page.getByLabel('Address').first();
    },
    value: (n) => `https://pms.example/hooks/${n}`,
    theirs: async (house, url) =>
      house.v1.webhooks.change({ property: house.number, webhook: (await webhook(house))?.id ?? '', url }),
    now: async (house) => (await webhook(house))?.url,
  },
  building: {
    path: '/house',
    async open(page) {
      await page
        .getByRole('navigation', { name: 'Buildings and floors' })
        .getByRole('button', { name: /^(Garden Wing|Name \d of building)/ })
        .first()
        .click();
      await press(page, 'Change this building');
      return page.getByLabel('Name', { exact: true });
    },
    theirs: async (house, name) =>
      house.v1.buildings.change({ property: house.number, building: (await building(house))?.id ?? '', name }),
    now: async (house) => (await building(house))?.name,
  },
  encoder: {
    path: '/front-desks',
    async open(page) {
      await press(page, /^More for .*encoder/);
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      return page.getByLabel(/^New name of/);
    },
    theirs: async (house, name) =>
      house.v1.encoders.change({ property: house.number, encoder: String((await encoder(house))?.id), name }),
    now: async (house) => (await encoder(house))?.name,
  },
};

describeConsole('what two people change at once', (open) => {
  test('is told to the second, with how it is now; what they typed stays, to be saved all the same or left', async () => {
    const house = await open();
    const { v1, number } = house;
    await v1.webhooks.create({ property: number, url: 'https://pms.example/hooks' });
    const { page } = await house.openAs('administrator', '/property');
    const alert = page.getByRole('alert').filter({ hasText: 'Somebody else changed this meanwhile' });
    for (const [what, form] of Object.entries(FORMS)) {
      const value = form.value ?? ((n: number) => `Name ${n} of ${what}`);
      const toConflict = async (theirs: string, mine: string) => {
        await page.goto(form.path);
        const field = await form.open(page);
        await field.fill(mine);
        await form.theirs(house, theirs);
        // A name that is shown live says so by itself.
        if (what !== 'encoder') await field.press('Enter');
        await alert.getByText(theirs).waitFor();
        expect(await field.inputValue(), what).toBe(mine);
      };
      await toConflict(value(1), value(2));
      expect(await form.now(house), what).toBe(value(1));
      await page.getByRole('button', { name: 'Save mine all the same' }).click();
      await expect.poll(() => form.now(house), { message: what }).toBe(value(2));
      await alert.waitFor({ state: 'hidden' });

      await toConflict(value(3), value(4));
      await page.getByRole('button', { name: 'Leave theirs' }).click();
      await alert.waitFor({ state: 'hidden' });
      expect(await form.now(house), what).toBe(value(3));
    }
  });
});

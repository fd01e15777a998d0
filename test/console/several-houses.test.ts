import { randomUUID } from 'node:crypto';
import { newMember } from '@keyrack/server/domain/people.ts';
import { expect, test } from 'vitest';
import { ROLES } from './testing/console-people.ts';
import { describeConsole } from './testing/describe-console.ts';
import { GARDEN_INN, openGardenInn } from './testing/open-garden-inn.ts';

describeConsole('somebody who works at several houses', (open) => {
  test('switches between them by the menu, by keyboard, and has in each what its role there gives', async () => {
    const house = await open({ desk: false });
    await openGardenInn(house, { operations: 5, days: 1 });
    const { person, email } = house.people.receptionist;
    const member = newMember({
      ...{ propertyId: GARDEN_INN.id, id: randomUUID(), name: ROLES.receptionist.name, email: `inn-${email}` },
      ...{ role: 'auditor', issuingPermission: false, passwordHash: 'none' },
    });
    await house.property.put(
      { table: 'members', row: member },
      {
        table: 'joinedMembers',
        row: { propertyId: GARDEN_INN.id, memberId: member.id, personId: person.id, at: Date.now() },
      },
    );
    const { page } = await house.openAs('receptionist', '/desk');
    const audit = page.getByRole('link', { name: 'Audit log' });
    const hotel = house.property.hotel.property.name;
    const menu = page.getByTitle('Change property');
    const switchTo = async (name: string) => {
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name }).press('Enter');
      await menu.getByText(name).waitFor();
    };

    await switchTo(GARDEN_INN.name);
    await audit.waitFor();
    await switchTo(hotel);
    await page.getByRole('link', { name: 'Read a card' }).first().waitFor();
    await expect.poll(() => audit.count()).toBe(0);
    await switchTo(GARDEN_INN.name);
    await audit.waitFor();
    // The choice holds for this tab when it is loaded anew.
    await page.reload();
    await menu.getByText(GARDEN_INN.name).waitFor();
    await audit.waitFor();
  });
});

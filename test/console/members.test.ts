import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until } from '../world/until.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';

/** What no name may do: be markup, turn the order of others, or be too long. */
const MARKUP = '<img src=x onerror="document.title=\'owned\'"> & "quotes" 🏨';

const switchOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name }).getByRole('switch');

describeConsole('members', (open) => {
  test('the issuing permission goes and comes back at once: at the published cancelCard, and for what waits', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/members');
    const turn = switchOf(page, 'frontdesk@keyrack.example');
    const cancel = async () => JSON.parse((await house.property.cancel()).body) as { status: number };
    await turn.click();
    await page.getByText(/Off from \d\d:\d\d:\d\d on, at every desk/).waitFor();
    expect(await turn.getAttribute('aria-checked')).toBe('false');
    expect(await cancel()).toMatchObject({ status: 4013 });

    await turn.click();
    await page.getByText(/On from \d\d:\d\d:\d\d on, at every desk/).waitFor();
    // What waits for its card is refused when the card comes.
    await house.desk?.hands.remove(PUBLISHED.encoder);
    const waiting = cancel();
    await until('it waits', async () => {
      const { data } = await house.v1.operations.list({ property: house.number });
      return data.some(({ state }) => state === 'accepted');
    });
    await turn.click();
    await page.getByText(/Off from/).waitFor();
    await house.desk?.hands.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await waiting).toMatchObject({ status: 4013 });

    await turn.click();
    await page.getByText(/On from/).waitFor();
    expect(await cancel()).toMatchObject({ status: 200 });
    expect(await findBarriers(page)).toEqual([]);
  });

  test('the permission goes and comes back at an open desk by itself', async () => {
    const house = await open();
    const { data } = await house.v1.rooms.list({ property: house.number, limit: 1 });
    const reception = await house.openAs('receptionist', `/desk/rooms/${data[0]?.id}`);
    const newGuest = reception.page.getByText('New guest').first();
    await newGuest.waitFor();
    const { page } = await house.openAs('administrator', '/members');
    await switchOf(page, 'receptionist@hotel.example').click();
    await reception.page.getByText('Your issuing permission is off.').waitFor();
    await switchOf(page, 'receptionist@hotel.example').click();
    await newGuest.waitFor();
    await reception.page.getByText('Your issuing permission is off.').waitFor({ state: 'detached' });
  });

  test('an invitation is made, shown once, and opens the membership', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/members');
    await page.getByRole('button', { name: 'Add a member' }).click();
    const form = page.getByRole('region', { name: 'Add a member' });
    await form.getByLabel('Name', { exact: true }).fill(MARKUP);
    await form.getByLabel('E-mail').fill('tomas@hotel.example');
    await form.getByRole('button', { name: 'Add, and make the link' }).click();
    const link = await form.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(link).toMatch(new RegExp(`^${house.url}/join#`));
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('row').filter({ hasText: MARKUP }).getByText('link good until').waitFor();

    const made = await house.v1.persons.create({
      invitation: link.slice(link.indexOf('#') + 1),
      name: 'Tomas',
      email: 'tomas@hotel.example',
      password: 'his very own one',
    });
    expect(made).toMatchObject({ name: 'Tomas' });
    await page.reload();
    await page.getByRole('button', { name: MARKUP }).click();
    await page.getByText('They sign in with a password of their own').waitFor();
    expect(await page.title()).not.toContain('owned');
    await page.getByRole('button', { name: 'Take it from that person' }).click();
    await page.getByRole('button', { name: 'Take it from them' }).click();
    await page.getByText('Nobody has taken this membership on').waitFor();
  });

  test('the last administrator is told why they stay, before anything is tried', async () => {
    const house = await open({ desk: false });
    const { property, number, v1, people } = house;
    const { data } = await v1.members.list({ property: number, role: 'administrator' });
    for (const { id } of data)
      if (id !== people.administrator.member.id)
        await v1.members.change({ property: number, member: id, active: false });
    const { page } = await house.openAs('administrator', '/members');
    await page.getByRole('main').getByRole('button', { name: 'Ada Admin' }).click();
    const panel = page.getByRole('region', { name: 'Ada Admin', exact: true });
    await panel.getByText('Make somebody else an administrator first').first().waitFor();
    expect(await panel.getByRole('button', { name: 'Deactivate at once' }).count()).toBe(0);
    expect(await panel.getByRole('combobox').count()).toBe(0);
    expect(property.rows('members').length).toBeGreaterThan(3);
  });

  test('somebody is deactivated at once, which ends their session, and comes back', async () => {
    const house = await open({ desk: false });
    const reception = await house.openAs('receptionist', '/desk');
    await reception.page.getByRole('navigation').first().waitFor();
    const { page } = await house.openAs('administrator', '/members');
    await page.getByRole('button', { name: 'Rita Reception' }).click();
    await page.getByRole('button', { name: 'Deactivate at once' }).click();
    await page.getByText('What waits for its card in their name is refused').waitFor();
    await page.getByRole('button', { name: 'Deactivate at once' }).click();
    await page
      .getByText(/Deactivated at \d\d:\d\d:\d\d/)
      .first()
      .waitFor();
    await reception.page.reload();
    await reception.page.getByText('You have no place at any property yet.').waitFor();
    await page.getByRole('button', { name: 'Let them come back' }).click();
    await page
      .getByText(/Active again since/)
      .first()
      .waitFor();
  });

  test('who may not issue gives nobody what they have not', async () => {
    const house = await open({ desk: false });
    const { number, v1, people } = house;
    const member = people.administrator.member.id;
    await v1.members.change({ property: number, member, issuingPermission: false });
    const { page } = await house.openAs('administrator', '/members');
    await page.getByRole('button', { name: 'Rita Reception' }).click();
    await page.getByText('You have no issuing permission, so you can’t give it').waitFor();
    expect(await page.getByRole('button', { name: 'Set a password' }).count()).toBe(0);
    // Taking it away is always free; giving it back then isn't there.
    await switchOf(page, 'receptionist@hotel.example').click();
    await page
      .getByText(/Off from/)
      .first()
      .waitFor();
    expect(await switchOf(page, 'receptionist@hotel.example').count()).toBe(0);
  });

  test('an auditor sees and changes nothing, a receptionist comes nowhere near', async () => {
    const house = await open({ desk: false });
    const auditor = await house.openAs('auditor', '/members');
    await auditor.page.getByRole('button', { name: 'Rita Reception' }).click();
    await auditor.page.getByRole('heading', { name: 'What they did' }).waitFor();
    expect(await auditor.page.getByRole('switch').count()).toBe(0);
    expect(await auditor.page.getByRole('button', { name: /Add a member|Deactivate|Invite|password/ }).count()).toBe(0);
    const reception = await house.openAs('receptionist', '/desk');
    await reception.page.getByRole('navigation').first().waitFor();
    expect(await reception.page.getByRole('link', { name: 'Members' }).count()).toBe(0);
  });

  test('by keyboard alone, in Chinese, on a telephone: the permission is turned and told', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/members', { language: 'chinese', size: 'phone' });
    const turn = switchOf(page, 'Rita Reception');
    await turn.focus();
    await page.keyboard.press('Space');
    await page.getByText(/起在所有前台关闭/).waitFor();
    expect(await turn.getAttribute('aria-checked')).toBe('false');
    await page.keyboard.press('Enter');
    await page.getByText(/起在所有前台开启/).waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });
});

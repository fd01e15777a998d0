import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { FOUR_WINGS, putRack, roomIdOf, TWO_WINGS } from './testing/put-rack.ts';

const cell = (page: Page, name: string) => page.locator(`a[data-room="${roomIdOf(name)}"]`);
const focusedRoom = (page: Page) =>
  page.evaluate('document.activeElement?.dataset?.room ?? document.activeElement?.tagName');
/** The floors further down are drawn after the first ones. */
const wholeRack = (page: Page) => page.locator('[data-density][aria-busy="false"]').waitFor();
const dimmed = (page: Page) => page.locator('a[data-room][data-dim]').count();

/** Markup, what texts are filled in by, letters that go the other way, a person of several signs, and as long as a name may be. */
const HOSTILE = '<img src=x onerror=alert(1)> {room} שלום 👩‍🍳'.padEnd(64, 'W');

describeConsole('the key rack', (open) => {
  test('is worked by keys alone: a search from anywhere, arrows that keep the column, and one step back', async () => {
    const house = await open();
    await putRack(house.property, TWO_WINGS);
    const { page } = await house.openAs('receptionist', '/desk');
    await cell(page, '1203').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('120');
    await page.getByRole('option', { name: /^1203/ }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    // A part of a number is several rooms: Enter leads to the choice, and the whole number to its room.
    await page.keyboard.press('Enter');
    await page.locator('[role="option"][aria-selected="true"]').waitFor();
    expect(new URL(page.url()).pathname).toBe('/desk');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/desk/rooms/${roomIdOf('1203')}`);
    await page.getByRole('heading', { name: /1203/ }).waitFor();
    expect(await cell(page, '1203').getAttribute('aria-current')).toBe('page');
    await page.keyboard.press('Escape');
    await page.waitForURL('**/desk');
    await expect.poll(() => focusedRoom(page)).toBe(roomIdOf('1203'));
    for (const [key, to] of [
      ['ArrowDown', '1103'],
      ['ArrowDown', '2603'],
      ['ArrowRight', '2604'],
      ['ArrowUp', '1104'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => focusedRoom(page)).toBe(roomIdOf(to));
    }
    await page.keyboard.press('End');
    await expect.poll(() => focusedRoom(page)).toBe(roomIdOf('2110'));
    expect(await page.locator('a[data-room][tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/desk/rooms/${roomIdOf('2110')}`);
  });

  test('asks which room where a key is about one, and shows which key does what', async () => {
    const house = await open();
    await putRack(house.property, TWO_WINGS);
    const { page } = await house.openAs('receptionist', '/desk');
    await cell(page, '1203').waitFor();
    // Keys that come before the rack are kept, and done once it is there.
    const held = Promise.withResolvers<void>();
    await page.route('**/key-rack', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload();
    await page.getByPlaceholder('Room, guest or card').waitFor();
    await page.keyboard.press('F7');
    await page.getByPlaceholder('Check out: which room?').waitFor();
    await page.keyboard.type('1203');
    await page.keyboard.press('Enter');
    held.resolve();
    await page.waitForURL('**/desk/rooms/*view=check-out*');
    await page.unroute('**/key-rack');
    await page.goto('/desk');
    await cell(page, '1203').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Hand the desk over: sign out').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('F9');
    await page.waitForURL('**/sign-in**');
  });

  test('shows only what is looked for, by the legend and by a guest, and keeps every room in its place', async () => {
    const house = await open();
    await putRack(house.property, TWO_WINGS);
    const { page } = await house.openAs('receptionist', '/desk');
    await cell(page, '1203').waitFor();
    await wholeRack(page);
    const place = await cell(page, '1203').boundingBox();
    const all = await page.locator('a[data-room]').count();
    const lost = page.getByRole('button', { name: /^Lost/ });
    await lost.click();
    const count = Number(/\d+/.exec(await lost.innerText())?.[0]);
    await expect.poll(() => dimmed(page)).toBe(all - count);
    expect(await cell(page, '1203').boundingBox()).toEqual(place);
    await page.keyboard.press('Escape');
    await expect.poll(() => dimmed(page)).toBe(0);
    await page.keyboard.type('okafor');
    await page
      .getByRole('option', { name: /Okafor/ })
      .first()
      .waitFor();
    await expect.poll(() => dimmed(page)).toBeGreaterThan(0);
    expect(await cell(page, '1203').boundingBox()).toEqual(place);
    // No name of a guest stands on the rack itself.
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-density]').innerText()).not.toMatch(/Okafor|Lin/);
  });

  test('shows two receptionists what the other has done, in its cell, and that a front desk went away', async () => {
    const house = await open();
    await putRack(house.property, TWO_WINGS);
    const [one, other] = [await house.openAs('receptionist', '/desk'), await house.openAs('administrator', '/desk')];
    const windows = [one.page, other.page];
    for (const page of windows) await page.getByText('Live').first().waitFor();
    const out = one.page
      .locator('a[data-room][data-state="out"]')
      .filter({ hasText: /^\d{4}/ })
      .first();
    const name = /^\d{4}/.exec(await out.innerText())?.[0] ?? '';
    for (const page of windows) await cell(page, name).waitFor();
    const [record] = (await house.v1.rooms.getCards({ property: house.number, room: roomIdOf(name) })).current;
    await house.v1.cards.retire({ property: house.number, card: record?.serial ?? '' });
    for (const page of windows) {
      await page.locator(`a[data-room="${roomIdOf(name)}"][data-state="lost"]`).waitFor();
      await page.getByText(`${name} · a lost card may open`).waitFor();
    }
    await house.desk?.stop();
    await one.page
      .getByText(/can’t be used/)
      .first()
      .waitFor();
  });

  test('is the same house in Chinese, on a telephone and in the dark, and a room’s name changes nothing but itself', async () => {
    const house = await open();
    await putRack(house.property, TWO_WINGS);
    await house.v1.rooms.change({ property: house.number, room: roomIdOf('1203'), name: HOSTILE });
    const { page } = await house.openAs('receptionist', '/desk', { language: 'chinese', size: 'phone', theme: 'dark' });
    await cell(page, '1203').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: /^空房/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const tops = await Promise.all(
      ['1601', '1605', '1606'].map(async (name) => (await cell(page, name).boundingBox())?.y ?? 0),
    );
    expect(tops[1]).toBe(tops[0]);
    expect(tops[2]).toBeGreaterThan(tops[0] ?? 0);
    expect(await cell(page, '1203').locator('bdi').textContent()).toBe(HOSTILE);
    await cell(page, '1203').tap();
    expect(await page.getByRole('heading', { level: 2, name: 'onerror' }).locator('bdi').first().textContent()).toBe(
      HOSTILE,
    );
    expect(await cell(page, '1203').isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  });

  test('has a thousand rooms on the page, close together, each of them in reach', async () => {
    const house = await open();
    await putRack(house.property, FOUR_WINGS);
    const { page } = await house.openAs('receptionist', '/desk');
    await wholeRack(page);
    expect(await page.locator('a[data-room]').count()).toBeGreaterThanOrEqual(1_000);
    expect(await page.locator('[data-density="compact"]').count()).toBe(1);
    await page.keyboard.type('40125');
    await page.getByRole('option', { name: /^40125/ }).waitFor();
    await expect.poll(() => page.locator('a[data-room]:not([data-dim])').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => dimmed(page)).toBe(0);
    // A page that still moves while the mouse is held down takes that for no click, and somebody clicks again.
    const isCompact = page.locator('[data-density="compact"]');
    await expect
      .poll(async () => {
        if ((await isCompact.count()) > 0) await page.getByRole('button', { name: 'Compact' }).click();
        return isCompact.count();
      })
      .toBe(0);
    await page.reload();
    await page.locator('[data-density="comfortable"]').waitFor();
  });
});

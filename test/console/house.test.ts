import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readRoomsCsv } from '@keyrack/console/house/csv/rooms-csv.ts';
import { openLockExport, programmerKeyOf } from '@keyrack/protocol';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import type { ConsoleHouse } from './testing/open-console.ts';

const MARKUP = '<img src=x onerror="document.title=\'owned\'"> & "q" 🏨';
const TURNED = 'Suite \u202e txt.exe';

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const cell = (page: Page, text: string, column: string) => row(page, text).locator(`[data-cell$=" ${column}"]`);

async function roomCalled(house: ConsoleHouse, name: string) {
  for await (const room of house.v1.rooms.list({ property: house.number, limit: 200 }))
    if (room.name === name) return room;
  throw new Error(`no room is called ${name}`);
}

async function edit(page: Page, name: string, column: string, text: string) {
  await cell(page, name, column).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Holds what the page saves back, until `go`: a person types on meanwhile. */
async function holdSaves(page: Page) {
  const gate = Promise.withResolvers<void>();
  await page.route('**/v1/properties/*/rooms/*', async (route) => {
    if (route.request().method() === 'PATCH') await gate.promise;
    await route.continue();
  });
  return { go: gate.resolve };
}

/** The row's cell shows this, and it is saved: until then the cell says that it is busy. */
async function isSaved(page: Page, name: string, column = 'name', text = name): Promise<void> {
  const saved = row(page, name).locator(`[data-cell$=" ${column}"]:not(:has([aria-busy="true"]))`);
  await saved.getByText(text, { exact: true }).waitFor();
}

/** Chooses a file in the panel of CSV in. */
async function give(page: Page, text: string) {
  const file = { name: 'rooms.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await page.locator('input[type=file]').setInputFiles(file);
}

describeConsole('rooms and locks', (open) => {
  test('are edited in place by keyboard alone; Esc leaves what was', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/house');
    await cell(page, 'Garden Wing 301', 'name').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('never saved');
    await page.keyboard.press('Escape');
    await row(page, 'Garden Wing 301').waitFor();
    const saves = await holdSaves(page);
    await edit(page, 'Garden Wing 301', 'name', 'Too early');
    await edit(page, 'Too early', 'name', MARKUP);
    // Tab takes what was typed, and goes to the next cell; a lock type is chosen by its letters, also while the name is on its way.
    await cell(page, MARKUP, 'lockType').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('RF');
    await page.keyboard.press('Tab');
    await row(page, MARKUP).filter({ hasText: 'RFLOCK-V9' }).waitFor();
    saves.go();
    await isSaved(page, MARKUP, 'lockType', 'RFLOCK-V9');
    await cell(page, MARKUP, 'cardType').getByText('2', { exact: true }).waitFor();
    const room = await roomCalled(house, MARKUP);
    expect(room.lock).toMatchObject({ type: 'RFLOCK-V9' });
    expect(await page.title()).not.toContain('owned');
    expect(await findBarriers(page)).toEqual([]);
  });

  test('that somebody else changed meanwhile are not overwritten until one says so', async () => {
    const house = await open({ desk: false });
    const { number: property, v1 } = house;
    const { page } = await house.openAs('administrator', '/house');
    await cell(page, 'Garden Wing 302', 'name').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Mine');
    const { id } = await roomCalled(house, 'Garden Wing 302');
    await v1.rooms.change({ property, room: id, name: 'Theirs' });
    await page.keyboard.press('Enter');
    const said = page.getByRole('alert').filter({ hasText: 'Somebody else changed this meanwhile' });
    await said.waitFor();
    expect(await said.textContent()).toContain('It is now Name: Theirs. Yours, Mine, was not saved.');
    expect(await v1.rooms.get({ property, room: id })).toMatchObject({ name: 'Theirs' });
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save mine all the same' }).click();
    await isSaved(page, 'Mine');
    expect(await v1.rooms.get({ property, room: id })).toMatchObject({ name: 'Mine' });
    // Another field of the same room is no conflict.
    await cell(page, 'Mine', 'name').focus();
    await page.keyboard.press('Enter');
    await v1.rooms.change({ property, room: id, lock: { gateway: true } });
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Mine again');
    await page.keyboard.press('Enter');
    await isSaved(page, 'Mine again');
    expect(await v1.rooms.get({ property, room: id })).toMatchObject({ name: 'Mine again', lock: { gateway: true } });
  });

  test('whose names hide something or are too long are refused in their row, with what to do', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/house', { language: 'chinese' });
    await edit(page, 'Garden Wing 303', 'name', TURNED);
    await page.getByRole('alert').waitFor();
    await page.getByRole('button', { name: '保持原样' }).click();
    await cell(page, 'Garden Wing 303', 'name').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('长'.repeat(10_000));
    await page.keyboard.press('Enter');
    // The field takes as much as a name may have.
    await isSaved(page, '长'.repeat(64));
    expect((await roomCalled(house, '长'.repeat(64))).name).toBe('长'.repeat(64));
    await edit(page, 'Garden Wing 304', 'number', '房 1');
    await page.getByRole('alert').waitFor();
    expect((await roomCalled(house, 'Garden Wing 304')).number).not.toContain('房');
  });

  test('stay while cards open them, which are named; others go', async () => {
    const house = await open();
    const { page } = await house.openAs('administrator', '/house');
    await page.getByRole('searchbox').fill('Garden Wing 107');
    await row(page, 'Garden Wing 107').getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText(/Cards may open it: card 4567 until/).waitFor();
    await row(page, 'Garden Wing 107').waitFor();
    await page.getByRole('searchbox').fill('Garden Wing 306');
    await cell(page, 'Garden Wing 306', 'name').focus();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('No room is like that.').waitFor();
    await expect(roomCalled(house, 'Garden Wing 306')).rejects.toThrow('no room');
  });

  test('are added by the generator, written as CSV, and nothing would change when that is read', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/house');
    await edit(page, 'Garden Wing 301', 'name', '=HYPERLINK("x")');
    await row(page, '=HYPERLINK').waitFor();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Add rooms' }).click();
    await page.getByLabel('Building number').fill('T1');
    await page.getByLabel('Building name').fill(MARKUP);
    await page.getByLabel('Rooms', { exact: true }).fill('101–140, 201-240');
    await page.getByRole('button', { name: 'Add 80 rooms' }).click();
    await page.getByText('80 rooms were added.').waitFor();
    await page.getByText('120 rooms', { exact: false }).first().waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV out' }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    const read = readRoomsCsv(bytes);
    expect(read.is === 'read' && read.lines.length).toBe(120);
    expect(bytes.toString()).not.toMatch(/(?:^|[,\n])"?=/);
    await page.getByRole('button', { name: 'CSV in' }).click();
    await give(page, bytes.toString());
    await page.getByText('Everything in this file is so already.').waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  test('come from a CSV file of 5,000 lines: first what would become of each, then all or none', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/house');
    const lines = Array.from({ length: 5_000 }, (_, at) => `T${1 + Math.floor(at / 500)},1,R${at},QRMLOCK`);
    const file = (extra: string) => ['building,floor,number,lockType', ...lines, extra].join('\n');
    await page.getByRole('button', { name: 'CSV in' }).click();
    await give(page, file('T1,1,R7,QRMLOCK\nT1,2,<b>,LATCH'));
    await page.getByText('2 lines can’t be taken, so nothing was changed.').waitFor();
    await page.getByText('the same room is in line 9 already').waitFor();
    await page.getByText('use 1 to 20 letters and digits').waitFor();
    expect(await page.getByRole('button', { name: /^Add 5/ }).count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await give(page, file(''));
    await page.getByRole('button', { name: 'Add 5,000 rooms' }).click();
    await page.getByText('Done: 5,000 added, 0 changed.').waitFor();
    await page.getByText('5,040 rooms', { exact: false }).first().waitFor();
    // A whole house is told to screen readers, though few of its rows are in the page.
    const grid = page.getByRole('grid');
    await page.locator('[role=grid][aria-rowcount="5041"]').waitFor();
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
    await cell(page, 'Garden Wing 301', 'number').focus();
    await page.keyboard.press('Control+End');
    await page.locator('[role=row][aria-rowindex="5041"] :focus').waitFor();
    await page.keyboard.press('Control+Home');
    await page.locator('[role=row][aria-rowindex="2"] :focus').waitFor();
  });

  test('need a new key version until they are marked; a further one is refused, or forced with what that means', async () => {
    const house = await open({ desk: false });
    const { number: property, v1 } = house;
    const { data } = await v1.rooms.list({ property, limit: 2 });
    for (const { id } of data) await v1.rooms.change({ property, room: id, lock: { keyVersion: 1 } });
    const { page } = await house.openAs('administrator', '/house');
    await page.getByRole('button', { name: 'Card keys' }).click();
    await page.getByRole('button', { name: 'New key version' }).click();
    await page.getByText('Cards that are out go on opening.').waitFor();
    await page.getByRole('button', { name: 'Make version 2' }).click();
    await page.getByText('Key version 2 is in use.').waitFor();
    await page.getByText('2 locks still need key version 2.').waitFor();
    await page.getByRole('button', { name: 'New key version' }).click();
    await page.getByText('2 locks still have an old version.').waitFor();
    expect(await page.getByRole('button', { name: 'Make version 3' }).count()).toBe(0);
    await page.getByLabel('Rotate all the same').check();
    await page.getByRole('button', { name: 'Make version 3' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Show the 2' }).first().click();
    await page.getByText('1, needs 2').first().waitFor();
    await page.getByRole('checkbox', { name: 'Choose all 2 rooms that are shown' }).check();
    await page.getByRole('button', { name: 'Mark as programmed with 2' }).click();
    await page.getByText('2 of 2 rooms changed').waitFor();
    const marked = await v1.rooms.get({ property, room: data[0]?.id ?? '' });
    expect(marked.lock.keyVersion).toBe(2);
  });

  test('are exported sealed, for who programs locks', async () => {
    const house = await open({ desk: false });
    const { page } = await house.openAs('administrator', '/house');
    await row(page, 'Garden Wing 301').getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Export locks for programming' }).click();
    const key = page.getByLabel('Public key of whoever programs the locks');
    await key.fill('short');
    await page.getByText('It is the line of 43 characters').waitFor();
    const secret = randomBytes(32);
    await key.fill(programmerKeyOf(secret));
    await page.getByRole('button', { name: 'Export 1 lock' }).click();
    await page.getByText('1 file is ready.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save .*\.json$/ }).click(),
    ]);
    const { door, sealed } = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(door).toBe('Garden Wing 301');
    const { lock } = await roomCalled(house, 'Garden Wing 301');
    expect(openLockExport(sealed, secret)).toMatchObject({ lockNumber: lock.number });
    expect(await findBarriers(page)).toEqual([]);
  });

  test('on a telephone an auditor reads all of it, and a receptionist isn’t led there', async () => {
    const house = await open({ desk: false });
    const auditor = await house.openAs('auditor', '/house', { size: 'phone' });
    await row(auditor.page, 'Garden Wing 301').waitFor();
    expect(await auditor.page.getByRole('button', { name: /^(Add|CSV in|Remove)/ }).count()).toBe(0);
    await cell(auditor.page, 'Garden Wing 301', 'name').focus();
    await auditor.page.keyboard.press('Enter');
    expect(await auditor.page.getByRole('textbox').count()).toBe(0);
    expect(await findBarriers(auditor.page)).toEqual([]);
    const reception = await house.openAs('receptionist', '/desk');
    await reception.page.getByRole('navigation').first().waitFor();
    expect(await reception.page.getByRole('link', { name: 'Rooms and locks' }).count()).toBe(0);
  });
});

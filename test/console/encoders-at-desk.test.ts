import { join } from 'node:path';
import type { EncoderInfo, Mac, Serial } from '@keyrack/protocol';
import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';
import { issueByEnter, openRoom } from './testing/room-at-desk.ts';

/** What reception hears of encoders that go, and which others it can use. */

const READER: EncoderInfo = { mac: '7C0000000A11' as Mac, name: 'Lobby reader', forSignedIn: false };
const CARD = '04AA0000000001' as Serial;

describeConsole('encoders of several desks', (open) => {
  test('one goes away in the middle and comes back, another is chosen, and a dispute names both desks', async () => {
    const house = await open();
    const { property } = house;
    const openLobby = (...encoders: EncoderInfo[]) =>
      property.openDesk({ identity: property.hotel.lobby, encoders, folder: join(property.folders.agent, '../lobby') });
    const lobby = await openLobby(READER);
    const { page, sees } = await openRoom(house, 'Garden Wing 101');
    const bar = page.getByRole('region', { name: 'Encoder of this browser' });
    await sees('The room is free');
    await page.getByLabel('Holder').fill('Lia');
    await issueByEnter(page);
    await sees('Put a card on Left encoder');
    await house.desk?.stop();
    // Nothing is called failed.
    await sees('Left encoder can’t be reached');
    await sees('No card has been touched.');
    await property.openDesk();
    await sees('Put a card on Left encoder');

    // Two computers say that they have it: whoever waits there hears which ones.
    await lobby.stop();
    const [left] = property.hotel.desk.encoders;
    const both = await openLobby(READER, { ...READER, mac: left?.mac as Mac, name: 'Left encoder' });
    await sees('Left encoder can’t be used');
    await sees(/Two front desks say they have it\. No card has been touched\..* alone: Demo front desk, Lobby\./);
    await page.keyboard.press('Escape');
    await sees('Withdrawn');
    await page.keyboard.press('Escape');
    await sees('The room is free');
    await page.getByRole('button', { name: 'Use Lobby reader' }).waitFor();
    await page.keyboard.press('Escape');
    const attention = page.locator('#attention li').filter({ hasText: 'Left encoder can’t be used' });
    await attention.getByText(/alone: Demo front desk, Lobby\. Unplug it at the others/).waitFor();

    // Another one is chosen for this browser, by a menu that tells of each.
    await page.goBack();
    await sees('The room is free');
    await bar.getByRole('button', { name: 'Change' }).click();
    const option = (name: string) => page.getByRole('menuitem', { name });
    await option('Left encoder').getByText('Two front desks say they have it').waitFor();
    await option('Right encoder').getByText('Demo front desk · Ready').waitFor();
    await option('Lobby reader').click();
    await bar.getByText('Lobby · Ready').waitFor();
    await page.getByLabel('Holder').fill('Lia');
    await issueByEnter(page);
    await sees('Put a card on Lobby reader');
    await both.hands.add(CARD, 'ntag-215');
    await both.hands.place(CARD, { encoder: READER.mac });
    await sees('One card opens Garden Wing 101');
    const [issued] = (await house.v1.operations.list({ property: house.number, kind: 'issue', limit: 1 })).data;
    expect(issued).toMatchObject({ state: 'succeeded', serial: CARD });
  });
});

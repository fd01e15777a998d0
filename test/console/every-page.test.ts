import { expect, test } from 'vitest';
import { describeConsole } from './testing/describe-console.ts';

describeConsole('the console', (open) => {
  test('sends somebody who is not signed in to the door, and lets who is signed in to the desk', async () => {
    const house = await open();
    const stranger = await house.open('/desk');
    await stranger.page.waitForURL('**/sign-in**');
    const reception = await house.openAs('receptionist');
    await reception.page.waitForURL('**/desk');
    await reception.page.getByRole('navigation').first().waitFor();
    expect((await house.v1.members.list({ property: house.number })).data.length).toBeGreaterThan(3);
  });
});

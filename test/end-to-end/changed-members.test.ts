import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { describe, expect, test } from 'vitest';
import { MEMBER, propertyForEachTest } from '../world/property-for-each-test.ts';
import { refusal, SUCCESS } from '../world/room-card-client.ts';
import { until } from '../world/until.ts';

/** What somebody changes about a member over /v1, and what the room-card API and the front desks make of it. */

const world = propertyForEachTest();

const PERMISSION_OFF = refusal(
  4013,
  'Issuing permission is off',
  'The issuing permission is off; an administrator turns it on under Members in the console, or with `keyrack members permit`.',
);
const INACTIVE = refusal(
  4012,
  'Creator is not active',
  'This member is no longer active; an administrator changes that under Members in the console, or with `keyrack members activate`.',
);
const WRONG = refusal(
  4011,
  'Creator or password error',
  'The creator is not known here or the password is wrong; check both and send again.',
);

/** Sends a change of the demonstration's member as the owner does. */
async function change(method: string, path: string, json: object): Promise<Response> {
  const { url, folders, hotel } = world.property;
  const key = readFileSync(join(folders.server, 'owner-key'), 'utf8').trim();
  const members = `${url}/v1/properties/${PUBLISHED.propertyNumber}/members`;
  const response = await fetch(`${members}/${hotel.member.id}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  if (!response.ok) throw new Error(await response.text());
  return response;
}
const md5Of = (password: string) => createHash('md5').update(password).digest('hex');
const cancelled = async (fields?: Record<string, string>) => (await world.property.cancel(fields)).body;

describe('the issuing permission', () => {
  test('that is switched off refuses the next request, and switched on lets it succeed', async () => {
    await world.open();
    await change('PATCH', '', { issuingPermission: false });
    expect(await cancelled()).toBe(PERMISSION_OFF);
    await change('PATCH', '', { issuingPermission: true });
    expect(await cancelled()).toBe(SUCCESS);
  });

  test('that is switched off while a request waits for its card refuses it when the card comes', async () => {
    const desk = await world.openWithoutCard();
    const before = desk.contentOf(PUBLISHED.serial);
    const waiting = cancelled();
    await world.waiting(1);
    await change('PATCH', '', { issuingPermission: false });
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await waiting).toBe(PERMISSION_OFF);
    expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
    expect(desk.use.writes).toBe(0);
  });
});

describe('a member who is deactivated', () => {
  test('is refused, also while a request of theirs waits, and is signed out at once', async () => {
    const desk = await world.openWithoutCard();
    await desk.signIn(MEMBER);
    const waiting = cancelled();
    await world.waiting(1);
    await change('PATCH', '', { active: false });
    await until('the desk hears of it', () => desk.agent.desk.state().signedIn === null);
    expect(desk.agent.desk.state().signInEnded).toMatchObject({ cause: 'member-deactivated' });
    expect(world.property.rows('signIns')).toEqual([]);
    desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
    expect(await waiting).toBe(INACTIVE);
    expect(await cancelled()).toBe(INACTIVE);
    expect(await desk.agent.desk.signIn(MEMBER)).toMatchObject({ ok: false });
    expect(desk.use.writes).toBe(0);
  });
});

describe('a new password', () => {
  test('holds at once, although the old one was checked a moment ago, and ends what that one signed in', async () => {
    const desk = await world.open();
    await desk.signIn(MEMBER);
    expect(await cancelled()).toBe(SUCCESS);
    await change('PUT', '/password', { password: 'battery staple' });
    await until('the desk hears of it', () => desk.agent.desk.state().signedIn === null);
    expect(desk.agent.desk.state().signInEnded).toMatchObject({ cause: 'password-changed' });
    expect(await cancelled()).toBe(WRONG);
    const creatorPassword = md5Of('battery staple');
    expect(await cancelled({ creatorPassword })).toBe(SUCCESS);
  });

  test('stops a request under way whose card follows the sign-in that it ended', async () => {
    const serial = serialOf('04A16E2A915580');
    const desk = await world.open();
    desk.cards.remove(PUBLISHED.secondEncoder);
    await desk.signIn(MEMBER);
    const waiting = cancelled({ operateCardType: '2', serialNum: serial, issueMac: '' });
    await world.waiting(1);
    await change('PUT', '/password', { password: 'battery staple' });
    desk.cards.place(serial, { encoder: PUBLISHED.secondEncoder });
    expect(await waiting).toMatch('This member is not signed in at any front desk');
    expect(desk.use.writes).toBe(0);
  });

  test('leaves whoever signed in at the desk meanwhile', async () => {
    const desk = await world.open();
    const { porter } = world.property.hotel;
    await desk.signIn(MEMBER);
    await desk.signIn({ ...MEMBER, mobile: porter.mobile ?? '' });
    await change('PUT', '/password', { password: 'battery staple' });
    expect(await cancelled()).toBe(WRONG);
    expect(desk.agent.desk.state().signedIn).toBe(porter.name);
    expect(world.property.rows('signIns')).toMatchObject([{ memberId: porter.id }]);
  });
});

test('when a member was last active is noted without being waited for', async () => {
  await world.open();
  await cancelled();
  await until('it is noted', () => world.property.rows('memberVisits').length === 1);
  const { member } = world.property.hotel;
  expect(world.property.rows('memberVisits')).toMatchObject([{ memberId: member.id }]);
});

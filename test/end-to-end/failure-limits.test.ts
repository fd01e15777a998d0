import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { CAUSES } from '@keyrack/server/domain/causes.ts';
import type { ServerParts } from '@keyrack/server/main.ts';
import { type Clock, systemClock } from '@keyrack/server/runtime/clock.ts';
import type { Passwords } from '@keyrack/server/runtime/password.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MEMBER } from '../world/property-for-each-test.ts';
import { CANCEL, postForm, refusal, SUCCESS } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';
import { openProperty, type TestProperty } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/**
 * What too many wrong passwords and signatures come to through the room-card API (docs/room-card-api.md, "Failed
 * attempts"). `ways-in.test.ts` has all ways in, and what each closes.
 */

let template: Template;
let property: TestProperty;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => property.close());

const CLOSED = refusal(429, 'Too many failures', 'Too many failed attempts; wait 15 minutes and send again.');
const WRONG_PASSWORD = { creatorPassword: 'f'.repeat(32) };

/** The server's clock, which can be put forward. */
function adjustableClock(): Clock & { forward(ms: number): void } {
  let ahead = 0;
  return {
    ...systemClock,
    monotonic: () => systemClock.monotonic() + ahead,
    forward: (ms) => {
      ahead += ms;
    },
  };
}

const wrong = (n: number) => ({ creatorPassword: n.toString(16).padStart(32, '0') });

/** How often each status was answered. */
async function statusesOf(answers: readonly Promise<{ readonly body: string }>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { body } of await Promise.all(answers)) {
    const { status } = JSON.parse(body) as { status: number };
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

test('ten wrong passwords close the account to the member, also for the right one, and for a quarter of an hour', async () => {
  const clock = adjustableClock();
  property = await openProperty(template, { parts: { clock } });
  await property.openDesk();
  for (let i = 0; i < 10; i += 1) expect((await property.cancel(WRONG_PASSWORD)).body).toContain('"status":4011');
  expect((await property.cancel(WRONG_PASSWORD)).body).toBe(CLOSED);
  expect((await property.cancel()).body).toBe(CLOSED);
  expect((await property.cancel({ creatorMobile: property.hotel.porter.mobile ?? '' })).body).toContain(
    '"status":4013',
  );

  clock.forward(15 * 60_000);
  expect((await property.cancel()).body).toBe(SUCCESS);
});

test('a right password is no failure, and takes back none of the wrong ones before it', async () => {
  property = await openProperty(template);
  await property.openDesk();
  for (let i = 0; i < 9; i += 1) await property.cancel(wrong(i));
  for (let i = 0; i < 5; i += 1) expect((await property.cancel()).body).toBe(SUCCESS);
  expect((await property.cancel(wrong(9))).body).toContain('"status":4011');
  expect((await property.cancel()).body).toBe(CLOSED);
});

test('an unknown creator is closed out as a known one, so that it tells nothing', async () => {
  property = await openProperty(template);
  const nobody = { creatorMobile: '19999999999' };
  for (let i = 0; i < 10; i += 1) expect((await property.cancel(nobody)).body).toContain('"status":4011');
  expect((await property.cancel(nobody)).body).toBe(CLOSED);
});

test('of 320 wrong passwords that are sent at once, ten are looked at', async () => {
  property = await openProperty(template);
  const sent = Array.from({ length: 320 }, (_, n) => property.cancel(wrong(n)));
  expect(await statusesOf(sent)).toEqual({ 4011: 10, 429: 310 });
});

test('320 requests with the right password, sent at once among nine with wrong ones, all succeed', async () => {
  property = await openProperty(template);
  await property.openDesk();
  const sent = Array.from({ length: 329 }, (_, n) => (n % 37 === 0 ? property.cancel(wrong(n)) : property.cancel()));
  expect(await statusesOf(sent)).toEqual({ 200: 320, 4011: 9 });
});

test("a flood of passwords through the account keeps a desk's sign-in waiting for a few checks, not for all", async () => {
  const checks: (() => void)[] = [];
  const passwords: Passwords = {
    hash: async (md5) => md5,
    // Ends when the test says so.
    verify: (_hash, md5) => new Promise((resolve) => checks.push(() => resolve(md5 === PUBLISHED.passwordMd5))),
  };
  let looked = 0;
  const wrapStore: ServerParts['wrapStore'] = (store) => ({
    ...store,
    read: async (name, input) => {
      const result = await store.read(name, input);
      if (name === 'findMember') looked += 1;
      return result;
    },
  });
  property = await openProperty(template, { parts: { passwords, wrapStore } });
  const desk = await property.openDesk();
  const endCheck = async (): Promise<void> => (await until('a check runs', () => checks.shift()))();

  const flood = Array.from({ length: 60 }, (_, n) =>
    property.cancel({ creatorMobile: String(13_000_000_000 + n), ...WRONG_PASSWORD }),
  );
  await until('the flood waits', () => looked === 60);
  let signedIn = false;
  const signIn = desk.signIn(MEMBER).then(() => {
    signedIn = true;
  });
  await until('the sign-in waits', () => looked === 61);
  let ended = 0;
  while (!signedIn) {
    await endCheck();
    ended += 1;
    await until('the next one runs, or it is over', () => signedIn || checks.length > 0);
  }
  await signIn;
  expect(ended).toBeLessThan(10);
  for (; ended < 61; ended += 1) await endCheck();
  expect(await statusesOf(flood)).toEqual({ 4011: 60 });
});

test('wrong signatures are told 429 beyond a hundred, whoever they claim to be, and a right one is served', async () => {
  property = await openProperty(template);
  await property.openDesk();
  const url = `${property.url}/Home/Qrm/cancelCard`;
  const tooMany = refusal(429, 'Too many failures', CAUSES['too-many-signatures']);
  for (const accountSid of [PUBLISHED.accountSid, '0'.repeat(32)]) {
    const bad = new URLSearchParams({ ...CANCEL, accountSid, sig: '0'.repeat(32) }).toString();
    expect(await statusesOf(Array.from({ length: 100 }, () => postForm(url, bad)))).toEqual({ 403: 100 });
    expect((await postForm(url, bad)).body).toBe(tooMany);
  }
  expect((await property.cancel()).body).toBe(SUCCESS);

  const lines = property.lines.filter(({ msg }) => msg === 'request failed before authentication');
  expect(lines.length, 'the log of failures is bounded').toBeLessThanOrEqual(20);
  expect(lines[0]).toMatchObject({ account: PUBLISHED.accountSid, status: 403 });
});

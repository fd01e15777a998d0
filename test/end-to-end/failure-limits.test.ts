import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { type Clock, systemClock } from '@keyrack/server/runtime/clock.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../world/house.ts';
import { CANCEL, postForm, refusal, SUCCESS } from '../world/room-card-client.ts';
import { makeTemplate, type Template } from '../world/template.ts';

/** Doors that close after too many failures, for a quarter of an hour (design, "Trust"). */

let template: Template;
let house: House;

beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());
afterEach(() => house.close());

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

test("ten wrong passwords close the member's door, also for the right one, and for a quarter of an hour", async () => {
  const clock = adjustableClock();
  house = await openHouse(template, { parts: { clock } });
  await house.openDesk();
  for (let i = 0; i < 10; i += 1) expect((await house.cancel(WRONG_PASSWORD)).body).toContain('"status":4011');
  expect((await house.cancel(WRONG_PASSWORD)).body).toBe(CLOSED);
  expect((await house.cancel()).body).toBe(CLOSED);
  expect((await house.cancel({ creatorMobile: house.hotel.porter.mobile ?? '' })).body).toContain('"status":4013');

  clock.forward(15 * 60_000);
  expect((await house.cancel()).body).toBe(SUCCESS);
});

test('a right password takes back the wrong ones before it', async () => {
  house = await openHouse(template);
  await house.openDesk();
  for (let i = 0; i < 9; i += 1) await house.cancel(WRONG_PASSWORD);
  expect((await house.cancel()).body).toBe(SUCCESS);
  expect((await house.cancel(WRONG_PASSWORD)).body).toContain('"status":4011');
  expect((await house.cancel()).body).toBe(SUCCESS);
});

test("an unknown creator's door closes as that of a known one, so that it tells nothing", async () => {
  house = await openHouse(template);
  const nobody = { creatorMobile: '19999999999' };
  for (let i = 0; i < 10; i += 1) expect((await house.cancel(nobody)).body).toContain('"status":4011');
  expect((await house.cancel(nobody)).body).toBe(CLOSED);
});

test("a hundred bad signatures close the account's door, and no other's", async () => {
  house = await openHouse(template);
  await house.openDesk();
  const bad = new URLSearchParams({ ...CANCEL, sig: '0'.repeat(32) }).toString();
  const url = `${house.url}/Home/Qrm/cancelCard`;
  const answers = await Promise.all(Array.from({ length: 100 }, () => postForm(url, bad)));
  expect(new Set(answers.map(({ body }) => JSON.parse(body).status))).toEqual(new Set([403]));
  expect((await house.cancel()).body).toBe(CLOSED);
  // Who can't sign learns nothing of it.
  expect((await postForm(url, bad)).body).toContain('"status":403');
  expect(house.rows('operations')).toEqual([]);

  const lines = house.lines.filter(({ msg }) => msg === 'request failed before authentication');
  expect(lines.length, 'the log of failures is bounded').toBeLessThanOrEqual(20);
  expect(lines[0]).toMatchObject({ account: PUBLISHED.accountSid, status: 403 });
});

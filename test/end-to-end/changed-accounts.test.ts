import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED } from '@keyrack/server/demo/published.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { CANCEL, type Fields, postForm, refusal, SUCCESS, signed } from '../world/room-card-client.ts';

/** What somebody changes about a developer account over /v1, and what the room-card API makes of it. */

const world = propertyForEachTest();
const ACCOUNT = `/v1/accounts/${PUBLISHED.accountSid}`;

// biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
async function send(method: string, path: string, json?: object): Promise<any> {
  const { url, folders } = world.property;
  const key = readFileSync(join(folders.server, 'owner-key'), 'utf8').trim();
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(json && { 'content-type': 'application/json' }) },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text === '' ? null : JSON.parse(text);
}
const cancelled = async (fields?: Fields) => (await world.property.cancel(fields)).body;
const cancelledWith = async (token: string) =>
  (await postForm(`${world.property.url}/Home/Qrm/cancelCard`, signed(CANCEL, token))).body;
const notCertified = (message: string) => refusal(4007, 'Application is not certified', message);

test.each([
  [
    { state: 'suspended' },
    { state: 'active' },
    'This developer account is suspended; the operator of this server enables it under Developers in the console, or with `keyrack accounts resume`.',
  ],
  [
    { roomCardApi: false },
    { roomCardApi: true },
    'The room-card API is switched off for this developer account; the operator of this server switches it on under Developers in the console, or with `keyrack accounts change --room-card-api`.',
  ],
  [
    { signatureA: false },
    { signatureA: true },
    'This developer account may not sign by form A; sign by form B, or have it allowed under Developers in the console, or with `keyrack accounts change --signature-a`.',
  ],
  [
    { addressRanges: ['203.0.113.0/24'] },
    { addressRanges: ['203.0.113.0/24', '127.0.0.0/8'] },
    'This developer account may not ask from your address; the operator of this server allows it under Developers in the console, or with `keyrack accounts change --address-range`.',
  ],
])('%j refuses the next request, and %j lets it succeed', async (off, on, message) => {
  await world.open();
  await send('PATCH', ACCOUNT, off);
  expect(await cancelled()).toBe(notCertified(message));
  // What stands in for a token that isn't there signs for nobody.
  expect(await cancelledWith('0'.repeat(30)), 'who signs wrongly is told nothing of it').toMatch('Signature error');
  await send('PATCH', ACCOUNT, on);
  expect(await cancelled()).toBe(SUCCESS);
});

test('an account that is suspended while its request waits is refused when the card comes', async () => {
  const desk = await world.openWithoutCard();
  const waiting = cancelled();
  await world.waiting(1);
  await send('PATCH', ACCOUNT, { state: 'suspended' });
  desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
  expect(await waiting).toMatch('This developer account is suspended');
  expect(desk.use.writes).toBe(0);
});

test('a property that an account may no longer act for is not there for it', async () => {
  await world.open();
  const at = `/v1/properties/${PUBLISHED.propertyNumber}/accounts/${PUBLISHED.accountSid}`;
  await send('DELETE', at);
  expect(await cancelled()).toMatch('Community data exception');
  await send('PUT', at);
  expect(await cancelled()).toBe(SUCCESS);
});

test('both tokens sign until the time of the older one is over', async () => {
  await world.open();
  const { token } = await send('POST', `${ACCOUNT}/tokens`, {});
  expect(await cancelledWith(PUBLISHED.authToken)).toBe(SUCCESS);
  expect(await cancelledWith(token)).toBe(SUCCESS);
  const { token: last } = await send('POST', `${ACCOUNT}/tokens`, { previousTokenUntil: null });
  expect(await cancelledWith(token)).toMatch('Signature error');
  expect(await cancelledWith(PUBLISHED.authToken)).toMatch('Signature error');
  expect(await cancelledWith(last)).toBe(SUCCESS);
});

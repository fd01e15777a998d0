import { createRoomCards, type RoomCardEndpoint } from '@keyrack/sdk/room-card';
import { expect, test } from 'vitest';
import { ENDPOINT_NAMES, FIELDS, fieldsOf, fits, type Values } from './endpoints.ts';
import { signRequest } from './signed-request.ts';

const ACCOUNT = { sid: '98651082ab89c3f1b50f35caf794179f', token: 'e687bc93c89b9b59611de521a70ed4' };
const EXAMPLES: Values = Object.fromEntries(Object.entries(FIELDS).map(([name, { example }]) => [name, example]));

/** What the SDK sends for the same fields. */
async function sentBySdk(endpoint: RoomCardEndpoint, fields: object) {
  const sent: { url: string; body: string }[] = [];
  const roomCards = createRoomCards({
    url: 'https://keys.example',
    accountSid: ACCOUNT.sid,
    authToken: ACCOUNT.token,
    async fetch(url, init) {
      sent.push({ url: String(url), body: String(init?.body) });
      return Response.json({ status: 200, info: 'success' });
    },
  });
  await roomCards[endpoint](fields as never);
  return sent[0];
}

test.each(ENDPOINT_NAMES)('%s goes out as the SDK sends it', async (endpoint) => {
  const { fields } = signRequest(endpoint, ACCOUNT, EXAMPLES, Date.now());
  const sent = await sentBySdk(endpoint, fields);
  // Signature B holds the time; sign by that which the SDK took.
  const stamp = Number(new URLSearchParams(sent?.body).get('timestamp') ?? 0) * 1_000;
  const { path, body } = signRequest(endpoint, ACCOUNT, EXAMPLES, stamp);
  expect(new URL(path, 'https://keys.example').href).toBe(sent?.url);
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual(Object.fromEntries(new URLSearchParams(sent?.body)));
});

test('the published request of cancelCard has its published signature, built of its pieces', () => {
  const { text, sig, pieces } = signRequest('cancelCard', ACCOUNT, { ...EXAMPLES, creatorEmail: '' }, 0);
  expect(sig).toBe('c1d425b5d425d0e776cf387c5118b543');
  expect(pieces.map(({ value }) => value).join('')).toBe(text);
});

test('the pieces of signature B are its text, with their names', () => {
  const { text, pieces } = signRequest('queryByRoom', ACCOUNT, EXAMPLES, 1_590_379_366_000);
  expect(pieces.map(({ name, value }) => `${name}=${value}`).join('&')).toBe(text);
});

test('an empty value is not sent', () => {
  const { body } = signRequest('cancelCard', ACCOUNT, { ...EXAMPLES, creatorEmail: '' }, 0);
  expect(body).not.toContain('creatorEmail');
});

test('each field of an endpoint fits its own example, and nothing else is asked for', () => {
  for (const endpoint of ENDPOINT_NAMES) {
    for (const name of fieldsOf(endpoint)) expect(fits(name, FIELDS[name].example), name).toBe(true);
  }
});

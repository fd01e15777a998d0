import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Delivery, type DeliveryFault, isDeliveryRefused, verifyDelivery } from './webhooks.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('another secret of such a length.').toString('base64')}`;
const NOW = Date.UTC(2026, 10, 30, 8, 15);
const TIMESTAMP = String(NOW / 1_000);
const BODY = '{"type":"card.issued","data":{"holder":"艾达"}}';

/** As Standard Webhooks says it, by other code than the one under test. */
function sign(secret: string, id: string, timestamp: string, body: string | Buffer): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

function delivery(changes: Partial<Delivery> = {}, headers: Record<string, string | undefined> = {}): Delivery {
  return {
    body: BODY,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': TIMESTAMP,
      'webhook-signature': sign(SECRET, 'msg_1', TIMESTAMP, BODY),
      ...headers,
    },
    secret: SECRET,
    now: NOW,
    ...changes,
  };
}

test('the published example of Standard Webhooks is taken', async () => {
  const taken = await verifyDelivery({
    body: '{"test": 2432232314}',
    headers: new Headers({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }),
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    now: 1_614_265_330_000,
  });
  expect(taken.event).toEqual({ test: 2432232314 });
});

describe('a delivery is taken', () => {
  test.each<[string, Delivery]>([
    ['as text', delivery()],
    ['as bytes', delivery({ body: new TextEncoder().encode(BODY) })],
    ['by one of two secrets', delivery({ secret: [OTHER, SECRET] })],
    [
      'with a signature by another secret, and one of a later version, beside its own',
      delivery(
        {},
        {
          'webhook-signature': `v2,abc ${sign(OTHER, 'msg_1', TIMESTAMP, BODY)} ${sign(SECRET, 'msg_1', TIMESTAMP, BODY)}`,
        },
      ),
    ],
    ['five minutes late', delivery({ now: NOW + 300_000 })],
    ['by a clock that is behind', delivery({ now: NOW - 300_000 })],
    ['with capital letters in its headers', { ...delivery(), headers: upper(delivery().headers as never) }],
  ])('%s', async (_, given) => {
    const { id, sentAt, event } = await verifyDelivery<{ type: string }>(given);
    expect([id, sentAt.getTime(), event.type]).toEqual(['msg_1', NOW, 'card.issued']);
  });
});

const upper = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));

describe('a delivery is refused', () => {
  test.each<[DeliveryFault, string, Delivery]>([
    ['signature', 'by another secret', delivery({ secret: OTHER })],
    ['signature', 'with another body', delivery({ body: BODY.replace('issued', 'lost') })],
    ['signature', 'with another id', delivery({}, { 'webhook-id': 'msg_2' })],
    ['signature', 'with another time', delivery({}, { 'webhook-timestamp': String(NOW / 1_000 + 1) })],
    ['signature', 'of another version alone', delivery({}, { 'webhook-signature': 'v1a,AAAA' })],
    ['signature', 'whose signature is no Base64', delivery({}, { 'webhook-signature': 'v1,%%' })],
    ['signature', 'whose signature is empty', delivery({}, { 'webhook-signature': 'v1,' })],
    ['headers', 'without an id', delivery({}, { 'webhook-id': undefined })],
    ['headers', 'without a time', delivery({}, { 'webhook-timestamp': '' })],
    ['headers', 'without a signature', delivery({}, { 'webhook-signature': undefined })],
    ['headers', 'with a time that is none', delivery({}, { 'webhook-timestamp': '1e3' })],
    ['too-old', 'after more than five minutes', delivery({ now: NOW + 301_000 })],
    ['too-new', 'for later', delivery({ now: NOW - 301_000 })],
    [
      'body',
      'that is no JSON',
      delivery({ body: 'x' }, { 'webhook-signature': sign(SECRET, 'msg_1', TIMESTAMP, 'x') }),
    ],
  ])('%s: %s', async (fault, _, given) => {
    const error = await verifyDelivery(given).then(
      () => null,
      (each: unknown) => each,
    );
    expect(isDeliveryRefused(error, fault)).toBe(true);
    expect(
      isDeliveryRefused(error, ...(['signature', 'headers', 'too-old', 'body'] as const).filter((f) => f !== fault)),
    ).toBe(false);
  });

  test.each(['', 'whsec_', 'whsec_%%'])('and a secret that is none, "%s", is a mistake of its own', async (secret) => {
    await expect(verifyDelivery(delivery({ secret }))).rejects.toThrow(TypeError);
  });
});

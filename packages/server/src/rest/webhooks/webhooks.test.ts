import { Webhook as Verifier } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { RETRY_DELAYS_MS } from '../../domain/webhook.ts';
import { INN, type RestWorld, restWorld } from '../../testing/rest-world.ts';
import { type ReceivedDelivery, type WebhookReceiver, webhookReceiver } from '../../testing/webhook-receiver.ts';

const WEBHOOKS = '/v1/properties/1001/webhooks';
const LISTED = { settings: { KEYRACK_WEBHOOK_NETWORKS: '127.0.0.1' } };
let changes = 0;
const change = (world: RestWorld) =>
  world.send('/v1/properties/1001', { method: 'PATCH', json: { name: `Name ${++changes}` } });
const create = (world: RestWorld, json: object, path = WEBHOOKS) => world.send(path, { method: 'POST', json });
const numbersOf = ({ received }: WebhookReceiver) => received.map(({ event }) => event.number).sort((a, b) => a - b);
const verify = (secret: string, { headers, body }: ReceivedDelivery) => new Verifier(secret).verify(body, headers);

describe('a webhook', () => {
  it('gets each event from now on, signed, as /v1 tells it, and no guest', async () => {
    const [world, receiver] = [await restWorld({}, LISTED), await webhookReceiver()];
    await change(world);
    const made = await create(world, { url: receiver.url });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'active', types: null, secret: expect.stringMatching(/^whsec_/) },
    });
    const { id, secret } = made.body;
    for (let i = 0; i < 30; i += 1) await change(world);
    await expect.poll(() => receiver.received.length).toBe(30);
    const [first] = receiver.received;
    expect(numbersOf(receiver)).toEqual(Array.from({ length: 30 }, (_, i) => i + 3));
    const event = verify(secret, first as ReceivedDelivery) as { id: string; number: number };
    expect(first?.headers['webhook-id']).toBe(event.id);
    expect((await world.send(`/v1/properties/1001/events?cursor=${event.number - 1}&limit=1`)).body.data).toEqual([
      event,
    ]);
    await expect.poll(async () => (await world.send(`${WEBHOOKS}/${id}`)).body.behind).toBe(0);
    const { body } = await world.send(`${WEBHOOKS}/${id}`);
    expect(body).toMatchObject({ id, waiting: 0, dead: 0, lastDeliveredAt: expect.any(String), failingSince: null });
    expect(JSON.stringify([body, world.rows('webhooks'), world.rows('audit')])).not.toContain(secret.slice(6));
  });

  it('gets only the types that it wants', async () => {
    const [world, receiver] = [await restWorld({}, LISTED), await webhookReceiver()];
    await create(world, { url: receiver.url, types: ['member.created'] });
    for (let i = 0; i < 20; i += 1) await change(world);
    const json = { name: 'Ada', role: 'receptionist', email: 'ada@example.com', password: 'correct horse' };
    await world.send('/v1/properties/1001/members', { method: 'POST', json });
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(receiver.received[0]?.event).toMatchObject({ type: 'member.created', data: { role: 'receptionist' } });
    expect(receiver.received[0]?.body).not.toContain('ada@example.com');
  });

  it('is signed by both secrets while they overlap', async () => {
    const [world, receiver] = [await restWorld({}, LISTED), await webhookReceiver()];
    const { id, secret } = (await create(world, { url: receiver.url, types: ['property.changed'] })).body;
    const rotated = await world.send(`${WEBHOOKS}/${id}/secrets`, { method: 'POST', json: {} });
    await change(world);
    await expect.poll(() => receiver.received.length).toBe(1);
    const [both] = receiver.received as [ReceivedDelivery];
    expect(verify(secret, both)).toEqual(verify(rotated.body.secret, both));
    const json = { previousSecretUntil: new Date(Date.now() - 1).toISOString() };
    const last = await world.send(`${WEBHOOKS}/${id}/secrets`, { method: 'POST', json });
    await change(world);
    await expect.poll(() => receiver.received.length).toBe(2);
    const [, one] = receiver.received as [ReceivedDelivery, ReceivedDelivery];
    verify(last.body.secret, one);
    expect(() => verify(rotated.body.secret, one)).toThrow();
  });

  it('sends again what failed, at its times, and tells of each delivery', async () => {
    const [world, receiver] = [await restWorld({}, LISTED), await webhookReceiver()];
    receiver.answer(500);
    const { id } = (await create(world, { url: receiver.url })).body;
    const deliveries = async (state = '') =>
      (await world.send(`${WEBHOOKS}/${id}/deliveries?limit=1${state}`)).body.data;
    await change(world);
    await expect
      .poll(() => deliveries('&state=waiting'))
      .toMatchObject([{ number: 2, attempts: 1, status: 500, problem: 'status' }]);
    const [waiting] = await deliveries();
    const ms = Date.parse(waiting.nextAt) - Date.parse(waiting.lastAt);
    expect(ms).toBeGreaterThanOrEqual(RETRY_DELAYS_MS[0] as number);
    expect((await world.send(`${WEBHOOKS}/${id}`)).body).toMatchObject({
      waiting: 1,
      failingSince: expect.any(String),
    });
    receiver.answer(200);
    await expect.poll(() => deliveries()).toMatchObject([{ state: 'delivered', attempts: 2, nextAt: null }]);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      `evt_${INN.id}_2`,
      `evt_${INN.id}_2`,
    ]);
    await world.send(`${WEBHOOKS}/${id}/deliveries/1/replay`, { method: 'POST' });
    await expect.poll(() => numbersOf(receiver)).toContain(1);
    expect((await world.send(`${WEBHOOKS}/${id}/deliveries/99/replay`, { method: 'POST' })).status).toBe(404);
  });

  it('ends with 410, and goes on where it stopped when it is active again', async () => {
    const [world, receiver] = [await restWorld({}, LISTED), await webhookReceiver()];
    const { id } = (await create(world, { url: receiver.url, types: ['property.changed', 'webhook.disabled'] })).body;
    receiver.answer(410);
    await change(world);
    const shown = async () => (await world.send(`${WEBHOOKS}/${id}`)).body;
    await expect.poll(shown).toMatchObject({ state: 'disabled', disabledWhy: 'gone' });
    const events = await world.send('/v1/properties/1001/events?types=webhook.disabled');
    expect(events.body.data).toMatchObject([{ data: { webhook: id, why: 'gone' }, actor: { kind: 'server' } }]);
    await change(world);
    await change(world);
    receiver.answer(200);
    receiver.received.length = 0;
    await world.send(`${WEBHOOKS}/${id}`, { method: 'PATCH', json: { active: true } });
    await expect.poll(() => receiver.received.length).toBe(4);
    expect(numbersOf(receiver)).toEqual([2, 3, 4, 5]);
    expect(await shown()).toMatchObject({ state: 'active', disabledWhy: null });
  });

  it('that is slow or dead holds up no other, nor a change', async () => {
    const [world, slow, good] = [await restWorld({}, LISTED), await webhookReceiver(), await webhookReceiver()];
    slow.answer(() => {});
    await create(world, { url: slow.url });
    await create(world, { url: 'http://127.0.0.1:9/' });
    await create(world, { url: good.url });
    for (let i = 0; i < 40; i += 1) expect((await change(world)).status).toBe(200);
    await expect.poll(() => good.received.length).toBe(40);
    expect(slow.received.length).toBeLessThanOrEqual(5);
  });

  it('can be tried, changed under its tag, paused and removed', async () => {
    const [world, receiver, other] = [await restWorld({}, LISTED), await webhookReceiver(), await webhookReceiver()];
    const made = await create(world, { url: receiver.url });
    const { id, secret } = made.body;
    const tried = await world.send(`${WEBHOOKS}/${id}/test`, { method: 'POST' });
    expect(tried.body).toMatchObject({ delivered: true, status: 204, problem: null });
    expect(verify(secret, receiver.received[0] as ReceivedDelivery)).toMatchObject({ type: 'webhook.test' });
    const patch = (json: object, tag = '"x"') =>
      world.send(`${WEBHOOKS}/${id}`, { method: 'PATCH', json, headers: { 'if-match': tag } });
    expect((await patch({ active: false })).status).toBe(412);
    const paused = await patch({ active: false }, made.headers.get('etag') ?? '');
    expect(paused.body.state).toBe('paused');
    receiver.received.length = 0;
    await change(world);
    await patch({ url: other.url, active: true, types: ['property.changed'] }, paused.headers.get('etag') ?? '');
    await expect.poll(() => other.received.length).toBe(1);
    expect((await world.send(`${WEBHOOKS}/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await world.send(`${WEBHOOKS}/${id}`)).status).toBe(404);
    expect([world.rows('webhookProgress'), world.rows('webhookDeliveries')]).toEqual([[], []]);
    expect((await create(world, { url: receiver.url })).status).toBe(201);
    expect(receiver.received.map(({ event }) => event.type)).not.toContain('property.changed');
  });

  it('of the installation gets what concerns no single property, and is the owner’s', async () => {
    const [world, receiver] = [await restWorld({}, LISTED), await webhookReceiver()];
    await create(world, { url: receiver.url }, '/v1/webhooks');
    const json = { name: 'All', scopes: ['webhooks'], properties: 'all' };
    const { token } = (await world.send('/v1/api-keys', { method: 'POST', json })).body;
    await expect.poll(() => receiver.received[0]?.event).toMatchObject({ type: 'api_key.created', property: null });
    expect((await world.send('/v1/webhooks', { key: token })).status).toBe(404);
    expect((await world.send(WEBHOOKS, { key: token })).status).toBe(200);
  });
});

describe('an address', () => {
  it.each([
    'ftp://example.com/',
    'http://example.com/',
    'https://user:password@example.com/',
    'https://example.com/#part',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/',
    'nonsense',
  ])('%s is refused', async (url) => {
    const world = await restWorld();
    expect(await create(world, { url })).toMatchObject({ status: 400, body: { errors: [{ path: 'url' }] } });
  });

  it('by a name that leads inside is found out at the first delivery, which tells why', async () => {
    const world = await restWorld();
    const receiver = await webhookReceiver();
    const url = receiver.url.replace('http://127.0.0.1', 'https://localhost');
    const { id } = (await create(world, { url })).body;
    const tried = await world.send(`${WEBHOOKS}/${id}/test`, { method: 'POST' });
    expect(tried.body).toMatchObject({ delivered: false, problem: 'address', status: null });
    expect(receiver.connections()).toBe(0);
  });

  it('so many have a webhook, and no more', async () => {
    const world = await restWorld({}, LISTED);
    for (let i = 0; i < 20; i += 1)
      expect((await create(world, { url: 'https://example.com/', types: ['sandbox.used'] })).status).toBe(201);
    expect(await create(world, { url: 'https://example.com/' })).toMatchObject({
      status: 409,
      body: { type: '/v1/problems/too-many-webhooks' },
    });
  });
});

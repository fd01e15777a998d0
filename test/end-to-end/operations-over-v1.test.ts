import { preparedCard } from '@keyrack/agent';
import { BLANK } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { until } from '../world/until.ts';

/** Cards issued, read and cancelled over /v1 by an API key, at a front desk with simulated encoders. */

const world = propertyForEachTest({ cardWaitSeconds: 4, answerWaitSeconds: 8 });
const TOKEN = drawToken();
const NEW = serialOf('8F42E9D3');

async function asKey(facts: object = {}): Promise<string> {
  const row = apiKeyRow(TOKEN, {
    name: 'PMS',
    scopes: ['cards'],
    properties: [world.template.hotel.property.id],
    ...facts,
  });
  await world.property.put(row);
  return (row.row as { id: string }).id;
}

async function send(path: string, json?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.property.url}/v1/properties/${PUBLISHED.propertyNumber}${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as any };
}
const WAIT = { prefer: 'wait=8' };
const encoderId = () => world.property.rows('encoders').find(({ mac }) => mac === PUBLISHED.encoder)?.id as number;
const ask = (what: object, headers: Record<string, string> = {}) =>
  send('/operations', { encoder: encoderId(), ...what }, headers);
/** Of a lock whose card type goes by sign-in in the room-card API. */
const roomId = () => world.property.rows('rooms').find(({ lockType }) => lockType === 'RFLOCK-V9')?.id as string;
const stay = () => ({
  kind: 'issue',
  mode: 'new',
  room: roomId(),
  validUntil: new Date(Date.now() + 86_400_000).toISOString(),
});

test('a card is issued, read and cancelled, at an encoder that is named whatever the lock', async () => {
  const desk = await world.openWithoutCard();
  const key = await asKey();
  desk.cards.box.keep(preparedCard(NEW, 'classic-1k', BLANK));
  desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
  const issued = await ask({ ...stay(), holder: { name: 'Ada' } }, WAIT);
  expect(issued.body).toMatchObject({ kind: 'issue', state: 'succeeded', serial: NEW, room: { id: roomId() } });
  expect(issued.status).toBe(200);
  expect(issued.headers.get('preference-applied')).toBe('wait=8');
  expect(issued.body.requester).toEqual({ kind: 'apiKey', name: 'PMS', id: key, account: null });

  const read = await ask({ kind: 'read' }, WAIT);
  expect(read.body).toMatchObject({ state: 'succeeded', reading: { state: 'active', differences: [] } });
  expect(read.body.reading.record.id).toBe(issued.body.cardRecord);

  const card = await send(`/cards/${NEW}`);
  expect(card.body).toMatchObject({ plastic: 'written', record: { room: roomId(), status: 'active', holder: 'Ada' } });
  expect(card.body.history).toEqual([card.body.record]);

  const cancelled = await ask({ kind: 'cancel', serial: NEW }, WAIT);
  expect(cancelled.body).toMatchObject({ state: 'succeeded', serial: NEW });
  expect(desk.contentOf(NEW)).toBe(BLANK);
  const again = await ask({ kind: 'cancel', serial: NEW }, WAIT);
  expect(again.body.id).toBe(cancelled.body.id);
  const audit = world.property.rows('audit').filter(({ operationId }) => operationId === issued.body.id);
  expect(audit[0]).toMatchObject({ action: 'operation-accepted', actor: `key ${key}` });
  expect(JSON.parse(audit[0]?.details ?? '')).toMatchObject({ by: key, from: '127.0.0.1' });
});

test('both APIs see what the other did, and lists are filtered', async () => {
  await world.open();
  await asKey();
  await world.property.cancel();
  const { body } = await send('/operations?kind=cancel&state=succeeded');
  expect(body.data).toMatchObject([
    { serial: PUBLISHED.serial, requester: { kind: 'member', account: PUBLISHED.accountSid } },
  ]);
  const room = body.data[0].room.id;
  expect((await send(`/operations?room=${room}`)).body.data).toHaveLength(1);
  expect((await send(`/operations?room=${roomId()}`)).body.data).toEqual([]);
  expect((await send('/operations?state=open')).body.data).toEqual([]);
  const { acceptedAt } = body.data[0];
  expect((await send(`/operations?until=${acceptedAt}`)).body.data).toEqual([]);
  expect((await send(`/operations?from=${acceptedAt}`)).body.data).toHaveLength(1);
});

test('it is told at once, is open, may be withdrawn, and a page follows another', async () => {
  await world.openWithoutCard();
  await asKey();
  const first = await ask({ kind: 'read' });
  expect(first).toMatchObject({ status: 202, body: { state: 'accepted', endedAt: null } });
  const second = await ask({ kind: 'read' });
  const page = await send('/operations?state=open&limit=1');
  expect(page.body.data.map(({ id }: { id: string }) => id)).toEqual([second.body.id]);
  const next = await send(`/operations?state=open&limit=1&cursor=${page.body.nextCursor}`);
  expect(next.body).toMatchObject({ data: [{ id: first.body.id }], nextCursor: null });
  const post = (path: string) => send(`/operations/${path}`, {});
  const done = await post(`${first.body.id}/withdraw`);
  expect(done.body).toMatchObject({ state: 'withdrawn', cause: 'withdrawn' });
  expect((await post(`${first.body.id}/withdraw`)).status).toBe(409);
  expect((await post(`${second.body.id}/write-off`)).status).toBe(403);
  await post(`${second.body.id}/withdraw`);
});

test('a loss is told by the mode alone: a field of the room-card API beside it is refused, not passed over', async () => {
  await world.openWithoutCard();
  await asKey();
  const answer = await ask({ ...stay(), lossReport: true });
  expect(answer).toMatchObject({ status: 400, body: { type: '/v1/problems/invalid-request' } });
  expect(world.property.rows('operations')).toEqual([]);
});

test('the same Idempotency-Key joins, and another request under it is refused', async () => {
  const desk = await world.openWithoutCard();
  await asKey();
  desk.cards.box.keep(preparedCard(NEW, 'classic-1k', BLANK));
  const headers = { ...WAIT, 'idempotency-key': 'check-in-1' };
  const wish = stay();
  const both = Promise.all([ask(wish, headers), ask(wish, headers)]);
  await until('it waits', () => world.operations().length > 0);
  desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
  const [one, other] = await both;
  expect(other.body).toEqual(one.body);
  expect(one.body.state).toBe('succeeded');
  expect((await ask(wish, headers)).body).toEqual(one.body);
  expect(world.operations()).toHaveLength(1);
  expect((await ask({ kind: 'read' }, headers)).status).toBe(422);
});

test('what a key asked for is not written once the key was revoked', async () => {
  const desk = await world.openWithoutCard();
  await asKey();
  const asked = await ask({ kind: 'cancel', serial: PUBLISHED.serial });
  expect(asked.status).toBe(202);
  const before = desk.contentOf(PUBLISHED.serial);
  await asKey({ revokedAt: 1 });
  desk.cards.place(PUBLISHED.serial, { encoder: PUBLISHED.encoder });
  const ended = () => world.operations().find(({ id, settledAt }) => id === asked.body.id && settledAt !== null);
  expect(await until('it has ended', ended)).toMatchObject({ state: 'rejected', cause: 'key-ended' });
  expect(desk.contentOf(PUBLISHED.serial)).toBe(before);
});

test.each([
  [{ kind: 'read', encoder: 9_999_999 }, 'encoder-unknown'],
  [{ kind: 'read', encoder: undefined }, 'encoder-not-named'],
  [{ kind: 'cancel', serial: 'ABCDEF01' }, 'card-unknown'],
])('%j is refused: %s', async (what, cause) => {
  await world.openWithoutCard();
  await asKey();
  expect(await ask(what)).toMatchObject({ status: 409, body: { type: '/v1/problems/refused', cause } });
  expect(world.operations()).toEqual([]);
});

test('without its agent it ends as offline', async () => {
  const desk = await world.openWithoutCard();
  await asKey();
  await desk.stop();
  const { body } = await ask({ kind: 'read' }, WAIT);
  expect(body).toMatchObject({ state: 'rejected', cause: 'encoder-offline' });
  expect(body.explanation).toMatch(/plug it in/);
});

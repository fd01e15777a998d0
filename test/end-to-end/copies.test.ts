import { preparedCard } from '@keyrack/agent';
import { BLANK, type Serial } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { expect, test } from 'vitest';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import type { FrontDesk } from '../world/test-property.ts';
import { until } from '../world/until.ts';

/** Several cards of one issue, over /v1 at a front desk with simulated encoders. */

const world = propertyForEachTest({ cardWaitSeconds: 60, answerWaitSeconds: 70 });
const TOKEN = drawToken();
const SERIALS = ['8F42E9D3', '8F42E9D4', '8F42E9D5'].map(serialOf);

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
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what it expects.
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

async function issue(copies: number, headers: Record<string, string> = {}) {
  const encoder = world.property.rows('encoders').find(({ mac }) => mac === PUBLISHED.encoder)?.id;
  const room = world.property.rows('rooms').find(({ lockType }) => lockType === 'RFLOCK-V9')?.id;
  const validUntil = '2099-12-31T04:00:00Z';
  return send('/operations', { kind: 'issue', mode: 'new', encoder, room, validUntil, copies }, headers);
}

async function open(): Promise<FrontDesk> {
  const desk = await world.openWithoutCard();
  const facts = { name: 'PMS', scopes: ['cards'] as const, properties: [world.template.hotel.property.id] };
  await world.property.put(apiKeyRow(TOKEN, facts));
  for (const serial of SERIALS) desk.cards.box.keep(preparedCard(serial, 'classic-1k', BLANK));
  return desk;
}
const set = async (id: string) => (await send(`/copy-sets/${id}`)).body;

test('cards are made one after the other, each followed by its operation, and told as card 2 of 3', async () => {
  const desk = await open();
  const first = await issue(3);
  expect(first).toMatchObject({ status: 202, body: { state: 'accepted', copy: { number: 1, of: 3 } } });
  const { set: id } = first.body.copy;
  for (const [i, serial] of SERIALS.entries()) {
    const waiting = async () => {
      const { operations } = await set(id);
      return operations.length === i + 1 && operations[i].state === 'accepted' ? operations[i] : undefined;
    };
    const operation = await until(`card ${i + 1} is asked for`, waiting);
    expect(operation.copy).toEqual({ set: id, number: i + 1, of: 3 });
    expect(await set(id)).toMatchObject({ state: 'running', left: 2 - i });
    desk.cards.place(serial as Serial, { encoder: PUBLISHED.encoder });
    const ended = await send(`/operations/${operation.id}`, undefined, { prefer: 'wait=60' });
    expect(ended.body).toMatchObject({ state: 'succeeded', serial });
    // The first ends the card of the guest before; the others end none, and not the first.
    expect(ended.body.superseded).toHaveLength(i === 0 ? 1 : 0);
    desk.cards.remove(PUBLISHED.encoder);
  }
  const done = await until('the set is done', async () => {
    const now = await set(id);
    return now.state === 'done' ? now : undefined;
  });
  expect(done).toMatchObject({ of: 3, left: 0, cause: null });
  const keys = await send(`/rooms/${done.operations[0].room.id}/cards`);
  expect(keys.body.current.map(({ serial }: { serial: string }) => serial)).toEqual(expect.arrayContaining(SERIALS));
});

test('are stopped in between, and the same Idempotency-Key begins no second set', async () => {
  const desk = await open();
  const headers = { 'idempotency-key': 'family-1' };
  const first = await issue(3, headers);
  expect((await issue(3, headers)).body).toEqual(first.body);
  expect(world.property.rows('copySets')).toHaveLength(1);
  const { set: id } = first.body.copy;
  desk.cards.place(SERIALS[0] as Serial, { encoder: PUBLISHED.encoder });
  await until('the second is asked for', async () => (await set(id)).operations.length === 2);
  const stopped = await send(`/copy-sets/${id}/withdraw`, {});
  expect(stopped).toMatchObject({ status: 200, body: { state: 'stopped', left: 1, cause: 'withdrawn' } });
  expect(stopped.body.operations.map(({ state }: { state: string }) => state)).toEqual(['succeeded', 'withdrawn']);
  expect((await send(`/copy-sets/${id}/withdraw`, {})).status).toBe(409);
  expect((await send('/copy-sets/019ac000-0000-7000-8000-00000000dead')).status).toBe(404);
});

test('stop where one is withdrawn by itself, and it is told why', async () => {
  await open();
  const first = await issue(2);
  await send(`/operations/${first.body.id}/withdraw`, {});
  const stopped = await until('the set is stopped', async () => {
    const now = await set(first.body.copy.set);
    return now.state === 'stopped' ? now : undefined;
  });
  expect(stopped).toMatchObject({ left: 1, cause: 'withdrawn', explanation: expect.stringMatching(/withdrawn/) });
});

test.each([0, 11, 1.5])('%d copies are refused', async (copies) => {
  await open();
  expect(await issue(copies)).toMatchObject({ status: 400, body: { errors: [{ in: 'body', path: 'copies' }] } });
});

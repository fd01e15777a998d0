import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { preparedCard } from '@keyrack/agent';
import { BLANK } from '@keyrack/protocol';
import { PUBLISHED, serialOf } from '@keyrack/server/demo/published.ts';
import { drawToken } from '@keyrack/server/runtime/draw-token.ts';
import { apiKeyRow } from '@keyrack/server/testing/rest-world.ts';
import { expect, test } from 'vitest';
import { storedRows } from '../world/database.ts';
import { keyrack, keyrackFolder } from '../world/keyrack.ts';
import { freePort } from '../world/processes.ts';
import { propertyForEachTest } from '../world/property-for-each-test.ts';
import { until } from '../world/until.ts';

/** `Prefer: wait` at a real server: how long it waits, and what ends the wait. No wait of these ends by the card's own limit. */

const ANSWER_WAIT_SECONDS = 100;
const world = propertyForEachTest({ cardWaitSeconds: 90, answerWaitSeconds: ANSWER_WAIT_SECONDS });
const TOKEN = drawToken();
const NEW = serialOf('8F42E9D3');

const keyRow = () => apiKeyRow(TOKEN, { scopes: ['cards'], properties: [world.template.hotel.property.id] });

interface Asked {
  readonly prefer?: string;
  readonly signal?: AbortSignal;
  readonly json?: object;
  readonly key?: string;
  readonly method?: string;
}

async function sendTo(url: string, path: string, { prefer, signal, json, key = TOKEN, method }: Asked = {}) {
  const response = await fetch(`${url}/v1/properties/${PUBLISHED.propertyNumber}${path}`, {
    method: method ?? (json === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${key}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(prefer !== undefined && { prefer }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(signal && { signal }),
  });
  const body = (await response.json()) as { state: string; id: string };
  return { ...body, status: response.status, applied: response.headers.get('preference-applied') };
}
const send = (path: string, asked?: Asked) => sendTo(world.property.url, path, asked);
const read = () => ({ kind: 'read', encoder: encoderIn(world.property.rows('encoders')) });
const encoderIn = (rows: readonly { readonly mac: string; readonly id: number }[]) =>
  rows.find(({ mac }) => mac === PUBLISHED.encoder)?.id as number;
const ask = (asked: Asked = {}) => send('/operations', { json: read(), ...asked });
const withdraw = (id: string) => send(`/operations/${id}/withdraw`, { json: {} });

async function openWithBlank() {
  const desk = await world.openWithoutCard();
  await world.property.put(keyRow());
  desk.cards.box.keep(preparedCard(NEW, 'classic-1k', BLANK));
  return desk;
}

test('it waits as long as asked, never longer than the server answers, and passes over what is no number of seconds', async () => {
  await openWithBlank();
  const { id } = await ask();
  // None of these waits: a wait that was cut to nothing, and preferences that aren't known.
  const atOnce: [prefer: string, applied: string | null][] = [
    ['wait=0', 'wait=0'],
    ['respond-async, wait=0', 'wait=0'],
    ['wait="0"; foo', 'wait=0'],
    ...['wait', 'wait=', 'wait=soon', 'wait=-5', 'wait=1.5', 'wait=0x10', 'waiting=20', 'await=20', 'wait=5s', ''].map(
      (nonsense) => [nonsense, null] as [string, null],
    ),
  ];
  for (const [prefer, applied] of atOnce) {
    const open = { applied, state: 'accepted' };
    expect(await send(`/operations/${id}`, { prefer }), prefer).toMatchObject({ status: 200, ...open });
    const asked = await ask({ prefer });
    expect(asked, prefer).toMatchObject({ status: 202, ...open });
    await withdraw(asked.id);
  }
  const begun = performance.now();
  expect(await send(`/operations/${id}`, { prefer: 'wait=1' })).toMatchObject({ applied: 'wait=1', state: 'accepted' });
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1_000);

  // What is longer than the server waits is cut to that, and told; here the operation ends before.
  const waits = ['wait=99999', `wait=${'9'.repeat(400)}`].map((prefer) => send(`/operations/${id}`, { prefer }));
  await setImmediate();
  await withdraw(id);
  for (const wait of waits)
    expect(await wait).toMatchObject({ state: 'withdrawn', applied: `wait=${ANSWER_WAIT_SECONDS}` });
});

test('it ends with the operation: the card is laid, or it is withdrawn', async () => {
  const desk = await openWithBlank();
  const asked = ask({ prefer: 'wait=80' });
  const { id } = await until('it waits', () => world.operations()[0]);
  const followed = send(`/operations/${id}`, { prefer: 'wait=80' });
  desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
  for (const wait of [asked, followed]) expect(await wait).toMatchObject({ status: 200, id, state: 'succeeded' });

  desk.cards.remove(PUBLISHED.encoder);
  const other = ask({ prefer: 'wait=80' });
  const second = await until('it waits', () => world.operations().find((each) => each.id !== id));
  expect(await withdraw(second.id)).toMatchObject({ status: 200 });
  expect(await other).toMatchObject({ status: 200, id: second.id, state: 'withdrawn' });
});

test('where the caller hangs up the operation goes on, and the server keeps nothing of the wait', async () => {
  const desk = await openWithBlank();
  const hangUp = new AbortController();
  const asked = ask({ prefer: 'wait=80', signal: hangUp.signal });
  const { id } = await until('it waits', () => world.operations()[0]);
  const followed = send(`/operations/${id}`, { prefer: 'wait=80', signal: hangUp.signal });
  const ended = Promise.allSettled([asked, followed]);
  await setImmediate();
  hangUp.abort();
  for (const { status } of await ended) expect(status).toBe('rejected');
  await until('the server has noticed', () => hungUp().length === 2);
  expect(await send(`/operations/${id}`)).toMatchObject({ state: 'accepted' });
  desk.cards.place(NEW, { encoder: PUBLISHED.encoder });
  expect(await send(`/operations/${id}`, { prefer: 'wait=80' })).toMatchObject({ state: 'succeeded' });
});

/** Requests whose caller was gone when they were answered. */
const hungUp = () => world.property.lines.filter((line) => line.hungUp === true);

test('a server that stops tells whoever waits how it is by then', async () => {
  const data = keyrackFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = keyrack(['demo'], { PORT: String(port), PAGE_PORT: 'off', KEYRACK_DATA: data });
  await server.says('Ctrl-C stops it.');
  const key = readFileSync(join(data, 'owner-key'), 'utf8').trim();
  const json = { kind: 'read', encoder: encoderIn(storedRows(data, 'encoders')) };
  expect(await sendTo(url, `/encoders/${json.encoder}/sandbox/card`, { key, method: 'DELETE' })).toMatchObject({
    status: 200,
  });

  const asked = sendTo(url, '/operations', { key, json, prefer: 'wait=80' });
  const { id } = await until('it waits', () => storedRows(data, 'operations')[0]);
  const followed = sendTo(url, `/operations/${id}`, { key, prefer: 'wait=80' });
  await until('both wait', async () => (await sendTo(url, '/operations', { key })).status === 200);
  server.child.kill('SIGTERM');
  expect(await asked).toMatchObject({ status: 202, id, state: 'accepted' });
  expect(await followed).toMatchObject({ status: 200, id, state: 'accepted' });
  expect(await server.ended).toMatchObject({ code: 0, err: '' });
});
